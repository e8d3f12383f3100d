import Foundation
import Model
import Postgres

extension StoreTransaction {
    private struct Entry: Encodable {
        var build_id: Int64
        var answer: PolicyAnswer
    }

    /// Records what a policy answered about Builds for one placement; an answer that did not change is not recorded
    /// again.
    ///
    /// - Returns: when each answer was first given in a row.
    @discardableResult
    public func recordDecisions(
        _ placement: PlacementID, _ answers: [(BuildID, PolicyAnswer)]
    ) async throws(StoreError) -> [BuildID: Date] {
        guard !answers.isEmpty else { return [:] }
        let entries = answers.map { Entry(build_id: $0.0.rawValue, answer: $0.1.storable) }
        let rows = try await database.query(
            "recordDecisions",
            """
            SELECT g.build_id, c.decided_at, coalesce(c.answer = g.answer, false) AS is_same
            FROM jsonb_to_recordset(\(json: entries)) AS g (build_id bigint, answer jsonb)
            LEFT JOIN decision c ON c.placement_id = \(placement) AND c.build_id = g.build_id AND c.is_current
            """)
        var dates: [BuildID: Date] = [:]
        var changed: [Entry] = []
        for row in rows {
            let id: BuildID = try row.value("build_id")
            if try row.value("is_same") {
                dates[id] = try row.value("decided_at")
            } else {
                changed += entries.filter { $0.build_id == id.rawValue }.prefix(1)
            }
        }
        guard !changed.isEmpty else { return dates }
        return try await write(changed, placement).merging(dates) { new, _ in new }
    }

    /// Records which packages' deployments a package's policy read, so that it is asked again when they change.
    public func recordPolicyReads(
        _ package: PackageID, _ reads: [(RepoName, PackageName)]
    ) async throws(StoreError) {
        let (repos, packages) = (reads.map(\.0), reads.map(\.1))
        try await database.execute(
            "recordPolicyReads",
            """
            WITH gone AS (
                DELETE FROM policy_watch WHERE package_id = \(package) AND (repo_name, package_name) NOT IN (
                    SELECT * FROM unnest(\(repos), \(packages))
                )
            )
            INSERT INTO policy_watch (package_id, repo_name, package_name)
            SELECT DISTINCT \(package), w.repo_name, w.package_name
            FROM unnest(\(repos), \(packages)) AS w (repo_name, package_name)
            ON CONFLICT DO NOTHING
            """)
    }

    private func write(_ entries: [Entry], _ placement: PlacementID) async throws(StoreError) -> [BuildID: Date] {
        try await database.execute(
            "recordDecisions",
            """
            UPDATE decision SET is_current = false
            WHERE placement_id = \(placement) AND build_id = ANY(\(entries.map(\.build_id))) AND is_current
            """)
        let rows = try await database.query(
            "recordDecisions",
            """
            INSERT INTO decision (placement_id, build_id, answer)
            SELECT \(placement), g.build_id, g.answer
            FROM jsonb_to_recordset(\(json: entries)) AS g (build_id bigint, answer jsonb)
            RETURNING build_id, decided_at, (
                SELECT \(Placement.place) || ', build ' || b.sequence FROM placement p, build b
                WHERE p.id = placement_id AND b.id = build_id
            ) AS subject
            """)
        var dates: [BuildID: Date] = [:]
        var subjects: [BuildID: String] = [:]
        for row in rows {
            let build: BuildID = try row.value("build_id")
            dates[build] = try row.value("decided_at")
            subjects[build] = try row.value("subject")
        }
        for entry in entries {
            let subject = subjects[BuildID(rawValue: entry.build_id)] ?? placement.description
            record(Self.event(entry, placement, subject: subject))
        }
        return dates
    }

    private static func event(_ entry: Entry, _ placement: PlacementID, subject: String) -> NewEvent {
        let message =
            switch entry.answer {
            case .ready: "the policy said ready"
            case .later(let message): "the policy said later: \(message)"
            case .skip: "the policy said skip"
            case .failed(let error): "the policy failed: \(error)"
            }
        return NewEvent(
            "policy.decided", "\(subject): \(message)", build: BuildID(rawValue: entry.build_id),
            data: ["placement": .string(placement.description)])
    }
}

extension PolicyAnswer {
    /// The answer with texts that the database can hold.
    fileprivate var storable: PolicyAnswer {
        switch self {
        case .later(let message): .later(message: message.storable())
        case .failed(let error): .failed(error: error.storable())
        case .ready, .skip: self
        }
    }
}
