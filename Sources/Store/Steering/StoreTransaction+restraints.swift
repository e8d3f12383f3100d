import Model
import Postgres

extension StoreTransaction {
    /// What an order about holds covers, so that placements that come later are treated alike.
    enum Cover: String, Sendable {
        case hold, resume
    }

    /// Pins placements, or puts them on hold, in place of what there was before.
    func restrain(
        _ placements: [PlacementID], _ kind: Restraint.Kind, _ build: BuildID?, _ origin: SteeringOrigin,
        reason: String
    ) async throws(StoreError) {
        try await endRestraints(kind, "p.id = ANY(\(placements))", by: origin.by, commit: origin.commit)
        try await database.execute(
            "restrain",
            """
            WITH made AS (
                INSERT INTO restraint (placement_id, kind, build_id, order_id, actor, commit, reason)
                SELECT id, \(kind), \(build), \(origin.order), \(origin.by.storable()), \(origin.commit),
                    \(reason.storable())
                FROM unnest(\(placements)) AS g (id)
                RETURNING id, placement_id
            )
            UPDATE placement p SET \(Self.pointer(kind)) = made.id FROM made WHERE p.id = made.placement_id
            """)
    }

    /// Ends the pins, or the holds, of the placements that a condition on `placement AS p` chooses.
    ///
    /// - Parameter reason: told in an event for each; nil when the caller tells of it.
    func endRestraints(
        _ kind: Restraint.Kind, _ condition: SQL, by person: String, commit: CommitID? = nil,
        because reason: String? = nil
    ) async throws(StoreError) {
        let pointer = Self.pointer(kind)
        let rows = try await database.query(
            "endRestraints",
            """
            WITH chosen AS (
                SELECT p.id, p.\(pointer) AS restraint_id FROM placement p
                WHERE p.\(pointer) IS NOT NULL AND (\(condition)) ORDER BY p.id FOR NO KEY UPDATE OF p
            ), ended AS (
                UPDATE restraint x SET ended_at = clock_timestamp(), ended_by = \(person.storable()),
                    ended_commit = \(commit)
                FROM chosen WHERE x.id = chosen.restraint_id
            )
            UPDATE placement p SET \(pointer) = NULL FROM chosen WHERE p.id = chosen.id
            RETURNING p.package_id, p.environment_id, \(Placement.place) AS place
            """)
        guard let reason else { return }
        for row in rows {
            let place: String = try row.value("place")
            record(
                NewEvent(
                    "steering.ended", "\(place) is no longer \(kind == .pin ? "pinned" : "on hold"): \(reason)",
                    package: try row.value("package_id"), environment: try row.value("environment_id")))
        }
    }

    /// Remembers what an order about holds covers.
    func cover(_ cover: Cover, _ subject: PlacementGlob, _ origin: SteeringOrigin) async throws(StoreError) {
        let repo: SQL =
            if let repo = origin.repo {
                "\(repo)::bigint"
            } else if let name = subject.repo {
                """
                (SELECT r.id FROM repo r WHERE r.removed_at IS NULL AND \(StateStore.isRepo(name.rawValue))
                    ORDER BY r.parent_id IS NOT NULL, r.id LIMIT 1)
                """
            } else {
                "NULL::bigint"
            }
        try await database.execute(
            "cover",
            """
            UPDATE steering_order SET covers = \(cover.rawValue), covered_repo_id = \(repo),
                package_like = \(subject.package.likePattern),
                environment_like = \((subject.environment ?? .any).likePattern),
                state = 'applied', decided_at = clock_timestamp()
            WHERE id = \(origin.order)
            """)
    }

    /// Puts placements on hold that came after the order whose pattern fits them.
    ///
    /// A command that names a repo means its previews, too; a commit steers its own repo, or its own preview, alone.
    ///
    /// In an environment that a list of signers covers, only orders count that it lets steer there now.
    ///
    /// - Parameter condition: chooses by `package AS k, environment AS e`.
    func extendHolds(_ condition: SQL) async throws(StoreError) {
        let rows = try await database.query(
            "extendHolds",
            """
            WITH fitting AS (
                SELECT DISTINCT ON (p.id) p.id, o.covers, o.id AS order_id, o.author, o.commit, o.reason
                FROM steering_order o
                CROSS JOIN placement p
                JOIN package k ON k.id = p.package_id
                JOIN environment e ON e.id = p.environment_id
                WHERE p.hold_id IS NULL AND \(condition) AND \(Self.covers) AND \(Self.isPermitted)
                ORDER BY p.id, o.id DESC
            ), made AS (
                INSERT INTO restraint (placement_id, kind, order_id, actor, commit, reason)
                SELECT id, 'hold', order_id, author, commit, reason FROM fitting WHERE covers = 'hold'
                RETURNING id, placement_id
            )
            UPDATE placement p SET hold_id = made.id FROM made JOIN fitting f ON f.id = made.placement_id
            WHERE p.id = made.placement_id
            RETURNING p.package_id, p.environment_id, \(Placement.place) AS place, f.author
            """)
        for row in rows {
            let (place, author): (String, String) = (try row.value("place"), try row.value("author"))
            record(
                NewEvent(
                    "steering.extended", "\(place) is on hold from the start, as \(author) asked for all that fits",
                    package: try row.value("package_id"), environment: try row.value("environment_id")))
        }
        try await reportWithheldHolds(condition)
    }

    /// Whether `steering_order AS o` says something of holds at `package AS k, environment AS e`.
    private static let covers: SQL = """
        o.covers IS NOT NULL
            AND (o.covered_repo_id IS NULL OR o.covered_repo_id = k.repo_id OR o.repo_id IS NULL AND EXISTS (
                SELECT FROM repo v WHERE v.id = k.repo_id AND v.parent_id = o.covered_repo_id
            ))
            AND k.name LIKE o.package_like AND e.name LIKE o.environment_like
        """

    /// Tells of placements that would be on hold, were it not for a list of signers.
    private func reportWithheldHolds(_ condition: SQL) async throws(StoreError) {
        let rows = try await database.query(
            "extendHolds",
            """
            SELECT * FROM (
                SELECT DISTINCT ON (p.id) p.id, p.package_id, p.environment_id, \(Placement.place) AS place, o.covers,
                    o.author, \(Self.isPermitted) AS is_permitted
                FROM steering_order o
                CROSS JOIN placement p
                JOIN package k ON k.id = p.package_id
                JOIN environment e ON e.id = p.environment_id
                WHERE p.hold_id IS NULL AND \(condition) AND \(Self.covers)
                ORDER BY p.id, o.id DESC
            ) AS g
            WHERE g.covers = 'hold' AND NOT g.is_permitted
            """)
        for row in rows {
            let (place, author): (String, String) = (try row.value("place"), try row.value("author"))
            record(
                NewEvent(
                    "steering.withheld",
                    "\(place) is not on hold, though \(author) asked for all that fits: no listed key signed that",
                    package: try row.value("package_id"), environment: try row.value("environment_id")))
        }
    }

    private static func pointer(_ kind: Restraint.Kind) -> SQL {
        switch kind {
        case .pin: "pin_id"
        case .hold: "hold_id"
        }
    }
}
