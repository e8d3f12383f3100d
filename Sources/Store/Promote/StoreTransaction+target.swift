import Model
import Postgres

extension StoreTransaction {
    /// Sets what a placement shall run, and has Sync look at it.
    ///
    /// Nothing is written when the current Target says the same, its reason aside.
    ///
    /// - Parameter generation: what the placement's generation was when this was decided.
    /// - Returns: false, and nothing was written, when the generation has moved on since, the package or the
    ///   environment is gone, or the placement is on hold or pinned to another Build.
    @discardableResult
    public func setTarget(
        _ placement: PlacementID, _ target: NewTarget, replacing generation: Int64
    ) async throws(StoreError) -> Bool {
        guard let current = try await currentTarget(placement, comparing: target, generation) else { return false }
        if try current.value("is_same") { return true }
        let sequence: Int64 = try current.value("sequence")
        guard target.build == nil || sequence > 0 else {
            throw StoreError(
                .invalid, "setTarget", subject: placement.description, "the build is not one of this package")
        }
        let address = PlacementAddress(
            repo: try current.value("repo_name"), package: try current.value("package_name"),
            environment: try current.value("environment_name"))
        let condition = target.isRunning ? "build \(sequence) is to be deployed" : "nothing shall run"
        let reason = target.reason.storable()
        let haveWatchesChanged = try await write(
            placement, target, generation: generation + 1, condition: condition, watches(target, address))
        enqueue(.sync, [placement])
        // A cycle may have been closed or opened, which concerns everybody who takes outputs from here.
        if haveWatchesChanged { enqueue(.sync, try await takers(ofOutputsFrom: address)) }
        record(
            NewEvent(
                "target.set", "\(address.package)@\(address.environment): \(condition): \(reason)",
                repo: try current.value("repo_id"), package: try current.value("package_id"),
                environment: try current.value("environment_id"), build: target.build,
                data: ["generation": .int(generation + 1)]))
        return true
    }

    /// Begins a new generation of the same Target, so that the placement is deployed again.
    ///
    /// - Returns: false, and nothing was written, when the generation has moved on since, or a hold came.
    @discardableResult
    public func renewTarget(
        _ placement: PlacementID, generation: Int64, reason: String
    ) async throws(StoreError) -> Bool {
        let rows = try await database.query(
            "renewTarget",
            """
            WITH old AS (
                SELECT p.id, p.package_id, p.environment_id, t.build_id, t.is_running, t.inputs, t.not_before
                FROM placement p JOIN target t ON t.id = p.target_id
                WHERE p.id = \(placement) AND p.generation = \(generation) AND p.hold_id IS NULL
                FOR NO KEY UPDATE OF p
            ), made AS (
                INSERT INTO target (placement_id, generation, build_id, is_running, inputs, not_before, reason)
                SELECT id, \(generation + 1), build_id, is_running, inputs, not_before, \(reason.storable()) FROM old
                RETURNING id
            )
            UPDATE placement p SET generation = \(generation + 1), target_id = made.id, retry_base = 0,
                condition_kind = 'acting', condition_reason = \(reason.storable()), condition_until = NULL
            FROM old, made WHERE p.id = old.id
            RETURNING p.package_id, p.environment_id, old.build_id, \(Placement.place) AS place
            """)
        guard let row = rows.first else { return false }
        enqueue(.sync, [placement])
        let place: String = try row.value("place")
        record(
            NewEvent(
                "target.renewed", "\(place): \(reason)", package: try row.value("package_id"),
                environment: try row.value("environment_id"), build: try row.value("build_id"),
                data: ["generation": .int(generation + 1)]))
        return true
    }

    /// Sets the Target of every placement that a condition on `placement AS p` chooses, and that shall run something,
    /// to nothing; one statement for all.
    ///
    /// A pin ends by it. What is on hold stays as it is: it is emptied when the hold ends.
    func emptyTargets(_ condition: SQL, reason: String) async throws(StoreError) {
        try await endRestraints(.pin, "\(condition) AND p.hold_id IS NULL", by: actor, because: reason)
        let rows = try await database.query(
            "emptyTargets",
            """
            WITH chosen AS (
                SELECT p.id, p.generation, p.package_id, p.environment_id
                FROM placement p JOIN target t ON t.id = p.target_id
                WHERE t.is_running AND p.hold_id IS NULL AND \(condition) ORDER BY p.id FOR NO KEY UPDATE OF p
            ), made AS (
                INSERT INTO target (placement_id, generation, is_running, reason)
                SELECT id, generation + 1, false, \(reason) FROM chosen RETURNING id, placement_id, generation
            ), unwatched AS (
                DELETE FROM input_watch w USING chosen WHERE w.placement_id = chosen.id
            )
            UPDATE placement p SET generation = made.generation, target_id = made.id, retry_base = 0,
                condition_kind = 'acting', condition_reason = \(reason), condition_until = NULL
            FROM made WHERE p.id = made.placement_id
            RETURNING p.id, p.package_id, p.environment_id, p.generation, \(Placement.place) AS place
            """)
        for row in rows {
            enqueue(.sync, [try row.value("id") as PlacementID])
            let place: String = try row.value("place")
            record(
                NewEvent(
                    "target.set", "\(place): nothing shall run: \(reason)", package: try row.value("package_id"),
                    environment: try row.value("environment_id"),
                    data: ["generation": .int(try row.value("generation"))]))
        }
    }

    /// Locks the placement, if its generation is this one and package and environment exist.
    private func currentTarget(
        _ placement: PlacementID, comparing target: NewTarget, _ generation: Int64
    ) async throws(StoreError) -> Row? {
        try await database.query(
            "setTarget",
            """
            SELECT k.repo_id, p.package_id, p.environment_id, coalesce(r.name, r.url_name) AS repo_name,
                k.name AS package_name, e.name AS environment_name, coalesce(b.sequence, 0) AS sequence,
                coalesce(
                    t.build_id IS NOT DISTINCT FROM \(target.build) AND t.is_running = \(target.isRunning)
                        AND t.inputs = \(json: target.inputs)
                        AND t.not_before IS NOT DISTINCT FROM \(target.notBefore),
                    false
                ) AS is_same
            FROM placement p
            JOIN package k ON k.id = p.package_id
            JOIN repo r ON r.id = k.repo_id
            JOIN environment e ON e.id = p.environment_id
            LEFT JOIN target t ON t.id = p.target_id
            LEFT JOIN build b ON b.id = \(target.build) AND b.package_id = p.package_id
            WHERE p.id = \(placement) AND p.generation = \(generation) AND k.removed_at IS NULL
                AND e.removed_at IS NULL AND NOT e.is_archived
                AND (p.pin_id IS NULL AND p.hold_id IS NULL OR \(target.isRunning) AND EXISTS (
                    SELECT FROM restraint x WHERE x.id = p.pin_id AND x.build_id = \(target.build)
                ))
            FOR SHARE OF k, e FOR NO KEY UPDATE OF p
            """
        ).first
    }

    /// The placements whose outputs the Target takes.
    private func watches(_ target: NewTarget, _ address: PlacementAddress) -> [PlacementAddress] {
        guard target.isRunning else { return [] }
        return target.inputs.values.compactMap { source in
            guard case .output(let reference) = source else { return nil }
            return reference.address(from: address)
        }
    }

    /// The placements that take outputs of a placement, directly or through others; at most 1,000.
    private func takers(ofOutputsFrom address: PlacementAddress) async throws(StoreError) -> [PlacementID] {
        try await database.query(
            "setTarget",
            """
            WITH RECURSIVE taker AS (
                SELECT placement_id FROM input_watch
                WHERE repo_name = \(address.repo) AND package_name = \(address.package)
                    AND environment_name = \(address.environment)
                UNION
                SELECT w.placement_id FROM taker
                JOIN placement p ON p.id = taker.placement_id
                JOIN package k ON k.id = p.package_id
                JOIN repo r ON r.id = k.repo_id
                JOIN environment e ON e.id = p.environment_id
                JOIN input_watch w ON w.repo_name = coalesce(r.name, r.url_name) AND w.package_name = k.name
                    AND w.environment_name = e.name
            )
            SELECT placement_id FROM taker LIMIT 1000
            """
        ).values()
    }

    /// Writes the Target; true when other placements' outputs are taken than before.
    private func write(
        _ placement: PlacementID, _ target: NewTarget, generation: Int64, condition: String,
        _ watches: [PlacementAddress]
    ) async throws(StoreError) -> Bool {
        let watched: SQL = """
            SELECT DISTINCT * FROM unnest(
                \(watches.map(\.repo)), \(watches.map(\.package)), \(watches.map(\.environment))
            )
            """
        return try await database.query(
            "setTarget",
            """
            WITH made AS (
                INSERT INTO target (placement_id, generation, build_id, is_running, inputs, not_before, reason)
                VALUES (
                    \(placement), \(generation), \(target.build), \(target.isRunning), \(json: target.inputs),
                    \(target.notBefore), \(target.reason.storable())
                ) RETURNING id
            ), unwatched AS (
                DELETE FROM input_watch WHERE placement_id = \(placement)
                    AND (repo_name, package_name, environment_name) NOT IN (\(watched))
                RETURNING 1
            ), watched AS (
                INSERT INTO input_watch (placement_id, repo_name, package_name, environment_name)
                SELECT \(placement), w.* FROM (\(watched)) AS w ON CONFLICT DO NOTHING
                RETURNING 1
            )
            UPDATE placement SET generation = \(generation), target_id = made.id, retry_base = 0,
                condition_kind = 'acting', condition_reason = \(condition), condition_until = NULL
            FROM made WHERE placement.id = \(placement)
            RETURNING (SELECT count(*) FROM watched) + (SELECT count(*) FROM unwatched) > 0 AS have_watches_changed
            """
        ).single("setTarget").value("have_watches_changed")
    }
}
