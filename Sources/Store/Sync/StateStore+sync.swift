import Foundation
import Model
import Postgres

extension StateStore {
    /// What Sync looks at for one placement, with the generation that its writes must name; nil when there is none of
    /// this id.
    public func syncFacts(
        _ placement: PlacementID
    ) async throws(StoreError) -> (address: PlacementAddress, generation: Int64, facts: SyncFacts)? {
        guard let row = try await syncRow(placement) else { return nil }
        let address = PlacementAddress(
            repo: try row.value("repo_name"), package: try row.value("package_name"),
            environment: try row.value("environment_name"))
        let target = try Target(row: row)
        var facts = SyncFacts(
            target: target, deployed: try Deployment(row: row, prefix: "deployed_"),
            active: try Deployment(row: row, prefix: "active_"), failures: try Self.failures(row),
            inputs: .resolved([:]), cycle: nil, now: try row.value("now"), isDisturbed: try row.value("is_disturbed"),
            repeatedSince: try row.value("repeated_since"), hold: try Self.hold(row),
            pinned: try row.value("pinned_build_id"))
        if target != nil, facts.active == nil { facts.namesake = try await namesake(of: placement) }
        if let target, target.isRunning, !target.inputs.isEmpty {
            let watched = Set(target.inputs.values.compactMap { Self.watched($0, from: address) })
            let outputs = watched.isEmpty ? [:] : try await outputs(of: watched.sorted())
            facts.inputs = InputResolution.resolve(target.inputs, for: address, outputs: outputs)
            facts.cycle = watched.isEmpty ? nil : try await cycle(through: placement, address)
        }
        return (address, try row.value("generation"), facts)
    }

    /// The placements that have not caught up with what is wanted, or wait for something.
    public func unsettledPlacements() async throws(StoreError) -> [PlacementID] {
        try await database.query(
            "unsettledPlacements",
            """
            SELECT id FROM placement WHERE observed_generation < generation
                OR condition_kind IN ('acting', 'retrying', 'delayed', 'blocked')
            ORDER BY id
            """
        ).values()
    }

    /// One statement, so that all of it was true at one moment.
    private func syncRow(_ placement: PlacementID) async throws(StoreError) -> Row? {
        try await database.query(
            "syncFacts",
            """
            SELECT p.generation, coalesce(r.name, r.url_name) AS repo_name, k.name AS package_name,
                e.name AS environment_name, clock_timestamp() AS now, \(Target.columns),
                \(Deployment.deployedColumns), \(Deployment.activeColumns),
                f.failed, f.last_attempt, f.last_at, f.last_error, n.repeated_since,
                p.hold_id IS NOT NULL AS is_held, \(Restraint.columns), pin.build_id AS pinned_build_id,
                coalesce(EXISTS (
                    SELECT FROM deployment x
                    WHERE x.placement_id = p.id AND x.state = 'failed' AND x.id > p.deployed_id
                ), false) AS is_disturbed
            FROM placement p
            JOIN package k ON k.id = p.package_id
            JOIN repo r ON r.id = k.repo_id
            JOIN environment e ON e.id = p.environment_id
            LEFT JOIN target t ON t.id = p.target_id
            LEFT JOIN deployment d ON d.id = p.deployed_id
            LEFT JOIN deployment a ON a.placement_id = p.id AND a.state IN ('pending', 'running')
            LEFT JOIN restraint x ON x.id = p.hold_id
            LEFT JOIN restraint pin ON pin.id = p.pin_id
            CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE x.state = 'failed' AND x.attempt > p.retry_base) AS failed,
                    coalesce(max(x.attempt), 0) AS last_attempt,
                    max(x.finished_at) FILTER (WHERE x.state = 'failed' AND x.attempt > p.retry_base) AS last_at,
                    (array_agg(x.error ORDER BY x.attempt DESC)
                        FILTER (WHERE x.state = 'failed' AND x.attempt > p.retry_base))[1] AS last_error
                FROM deployment x WHERE x.placement_id = p.id AND x.generation = p.generation
            ) AS f
            CROSS JOIN LATERAL (
                SELECT CASE WHEN count(*) = \(RepeatLimit.countMax) THEN min(y.finished_at) END AS repeated_since
                FROM (
                    SELECT x.finished_at FROM deployment x
                    WHERE x.placement_id = p.id AND x.generation > p.generation - \(RepeatLimit.countMax * 10)
                        AND x.state = 'succeeded' AND x.build_id = coalesce(t.build_id, d.build_id)
                        AND x.finished_at > clock_timestamp() - make_interval(secs => \(RepeatLimit.windowSeconds))
                    ORDER BY x.generation DESC, x.attempt DESC LIMIT \(RepeatLimit.countMax)
                ) AS y
            ) AS n
            WHERE p.id = \(placement)
            """
        ).first
    }

    private static func hold(_ row: Row) throws(StoreError) -> String? {
        try row.value("is_held") ? try Restraint(row: row, .hold).sentence() : nil
    }

    private static func failures(_ row: Row) throws(StoreError) -> SyncFacts.Failures {
        SyncFacts.Failures(
            count: try row.value("failed"), lastAttempt: try row.value("last_attempt"),
            lastAt: try row.value("last_at"), lastError: try row.value("last_error"))
    }

    private static func watched(_ source: InputSource, from address: PlacementAddress) -> PlacementAddress? {
        guard case .output(let reference) = source else { return nil }
        return reference.address(from: address)
    }

    /// The outputs of the current deployments of those placements that have one.
    private func outputs(
        of placements: [PlacementAddress]
    ) async throws(StoreError) -> [PlacementAddress: JSONObject] {
        let rows = try await database.query(
            "syncFacts",
            """
            SELECT w.repo_name, w.package_name, w.environment_name, d.outputs
            FROM unnest(
                \(placements.map(\.repo)), \(placements.map(\.package)), \(placements.map(\.environment))
            ) AS w (repo_name, package_name, environment_name)
            \(Self.watchedPlacement)
            JOIN deployment d ON d.id = p.deployed_id
            """)
        var outputs: [PlacementAddress: JSONObject] = [:]
        for row in rows { outputs[try Self.address(row)] = try row.object("outputs") }
        return outputs
    }

    /// The joins that lead from the names in `w` to the placement `p`.
    private static let watchedPlacement: SQL = """
        JOIN repo r ON coalesce(r.name, r.url_name) = w.repo_name AND r.removed_at IS NULL
            AND (r.preview_environment IS NULL OR r.preview_environment = w.environment_name)
        JOIN package k ON k.repo_id = r.id AND k.name = w.package_name
        JOIN environment e ON e.name = w.environment_name
        JOIN placement p ON p.package_id = k.id AND p.environment_id = e.id
        """

    /// No more placements than this are looked at for a cycle.
    private static let reachMax = 10_000

    private func cycle(
        through placement: PlacementID, _ address: PlacementAddress
    ) async throws(StoreError) -> [PlacementAddress]? {
        let rows = try await database.query(
            "syncFacts",
            """
            WITH RECURSIVE reach (id) AS (
                SELECT \(placement)::bigint
                UNION
                SELECT p.id FROM reach JOIN input_watch w ON w.placement_id = reach.id \(Self.watchedPlacement)
            )
            SELECT coalesce(sr.name, sr.url_name) AS from_repo, sk.name AS from_package, se.name AS from_environment,
                w.repo_name, w.package_name, w.environment_name
            FROM (SELECT id FROM reach LIMIT \(Self.reachMax)) AS reached
            JOIN input_watch w ON w.placement_id = reached.id
            JOIN placement s ON s.id = reached.id
            JOIN package sk ON sk.id = s.package_id
            JOIN repo sr ON sr.id = sk.repo_id
            JOIN environment se ON se.id = s.environment_id
            """)
        var dependencies: [PlacementAddress: [PlacementAddress]] = [:]
        for row in rows {
            let from = PlacementAddress(
                repo: try row.value("from_repo"), package: try row.value("from_package"),
                environment: try row.value("from_environment"))
            dependencies[from, default: []].append(try Self.address(row))
        }
        return DependencyCycle.through(address, dependencies: dependencies)
    }

    private static func address(_ row: Row) throws(StoreError) -> PlacementAddress {
        PlacementAddress(
            repo: try row.value("repo_name"), package: try row.value("package_name"),
            environment: try row.value("environment_name"))
    }
}
