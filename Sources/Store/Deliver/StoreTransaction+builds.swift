import Model
import Postgres

extension StoreTransaction {
    /// What ``beginBuilds(_:_:)`` began.
    struct BegunBuilds: Sendable {
        /// The packages that got a Build.
        var packages: [PackageID] = []
        /// Of them, those without a build function, whose Build succeeded at once.
        var finished: [PackageID] = []
    }

    /// A package that is about to get a Build.
    private struct Wanted: Sendable {
        var package: PackageID
        var name: PackageName
        var sequence: Int64
        var path: String
        var functions: [PackageFunction]
        var reason: AffectedReason

        var state: Build.State { functions.contains(.build) ? .pending : .succeeded }
    }

    /// Begins a Build, with its Run, for each affected package that has none of this Change; four statements for all.
    func beginBuilds(_ delivery: Delivery, _ context: DeliveryContext) async throws(StoreError) -> BegunBuilds {
        guard !delivery.affected.isEmpty else { return BegunBuilds() }
        let wanted = try await wanted(delivery, context)
        guard !wanted.isEmpty else { return BegunBuilds() }
        let builds = try await insertBuilds(wanted, delivery, context)
        let runs = try await insertRuns(
            wanted.filter { $0.state == .pending }.compactMap { builds[$0.package] }, context)
        try await note(wanted, builds)
        enqueue(.dispatch, runs.values.sorted())
        for entry in wanted {
            guard let build = builds[entry.package] else { continue }
            record(event(entry, build, runs[build], delivery, context))
        }
        return BegunBuilds(
            packages: wanted.map(\.package), finished: wanted.filter { $0.state == .succeeded }.map(\.package))
    }

    /// Locks the affected packages that have no Build of the Change.
    private func wanted(_ delivery: Delivery, _ context: DeliveryContext) async throws(StoreError) -> [Wanted] {
        let rows = try await database.query(
            "deliver",
            """
            SELECT k.id, k.name, k.next_sequence, k.path, k.functions FROM package k
            WHERE k.repo_id = \(context.repo) AND k.name = ANY(\(delivery.affected.keys.sorted()))
                AND k.removed_at IS NULL AND k.error IS NULL AND NOT EXISTS (
                    SELECT FROM build b WHERE b.change_id = \(delivery.change) AND b.package_id = k.id
                )
            ORDER BY k.id FOR NO KEY UPDATE OF k
            """)
        return try rows.decode { row throws(StoreError) in
            let name: PackageName = try row.value(at: 1)
            return Wanted(
                package: try row.value(at: 0), name: name, sequence: try row.value(at: 2), path: try row.value(at: 3),
                functions: try row.value(at: 4), reason: delivery.affected[name] ?? .neverBuilt)
        }
    }

    private struct BuildEntry: Encodable {
        var package: Int64
        var sequence: Int64
        var path: String
        var functions: [PackageFunction]
        var state: Build.State
        var reason: AffectedReason
    }

    private func insertBuilds(
        _ wanted: [Wanted], _ delivery: Delivery, _ context: DeliveryContext
    ) async throws(StoreError) -> [PackageID: BuildID] {
        let entries = wanted.map { entry in
            BuildEntry(
                package: entry.package.rawValue, sequence: entry.sequence, path: entry.path,
                functions: entry.functions, state: entry.state, reason: entry.reason)
        }
        let rows = try await database.query(
            "deliver",
            """
            INSERT INTO build (
                package_id, change_id, sequence, commit, tree, path, functions, reason, state, finished_at
            )
            SELECT w.package, \(delivery.change), w.sequence, \(context.commit), \(delivery.tree), w.path, w.functions,
                w.reason, w.state, CASE w.state WHEN 'succeeded' THEN now() END
            FROM jsonb_to_recordset(\(json: entries)) AS w (
                package bigint, sequence bigint, path text, functions text[], state text, reason jsonb
            )
            RETURNING package_id, id
            """)
        var builds: [PackageID: BuildID] = [:]
        for row in rows { builds[try row.value(at: 0)] = try row.value(at: 1) }
        return builds
    }

    private func insertRuns(
        _ builds: [BuildID], _ context: DeliveryContext
    ) async throws(StoreError) -> [BuildID: RunID] {
        guard !builds.isEmpty else { return [:] }
        let rows = try await database.query(
            "deliver",
            """
            INSERT INTO run (kind, repo_id, build_id) SELECT 'build', \(context.repo), * FROM unnest(\(builds))
            RETURNING build_id, id
            """)
        var runs: [BuildID: RunID] = [:]
        for row in rows { runs[try row.value(at: 0)] = try row.value(at: 1) }
        return runs
    }

    /// Counts the Builds at their packages.
    private func note(_ wanted: [Wanted], _ builds: [PackageID: BuildID]) async throws(StoreError) {
        try await database.execute(
            "deliver",
            """
            UPDATE package k SET next_sequence = k.next_sequence + 1, newest_build_id = w.build,
                last_build_id = CASE WHEN w.is_done THEN w.build ELSE k.last_build_id END,
                is_outstanding = NOT w.is_done
            FROM unnest(
                \(wanted.map(\.package)), \(wanted.map { builds[$0.package] }), \(wanted.map { $0.state == .succeeded })
            ) AS w (package, build, is_done)
            WHERE k.id = w.package
            """)
    }

    private func event(
        _ entry: Wanted, _ build: BuildID, _ run: RunID?, _ delivery: Delivery, _ context: DeliveryContext
    ) -> NewEvent {
        let message =
            entry.state == .pending
            ? "build \(entry.sequence) of \(entry.name) is queued: \(entry.reason)"
            : "\(entry.name) has build \(entry.sequence), there is nothing to run for it"
        return NewEvent(
            entry.state == .pending ? "build.queued" : "build.succeeded", message, repo: context.repo,
            package: entry.package, change: delivery.change, build: build, run: run)
    }

    /// Cancels the Builds of these packages that have not begun, and their Runs; returns how many.
    ///
    /// - Parameter change: whose Builds are kept; nil for none.
    func cancelPendingBuilds(of packages: [PackageID], except change: ChangeID?) async throws(StoreError) -> Int {
        guard !packages.isEmpty else { return 0 }
        let rows = try await database.query(
            "deliver",
            """
            WITH ended AS (
                UPDATE run n SET state = 'canceled', finished_at = now(), start_token_hash = NULL
                FROM build b
                WHERE b.package_id = ANY(\(packages)) AND b.state = 'pending'
                    AND b.change_id IS DISTINCT FROM \(change)
                    AND n.build_id = b.id AND n.kind = 'build' AND n.state = 'queued'
                RETURNING n.id, n.build_id
            )
            UPDATE build b SET state = 'canceled', finished_at = now()
            FROM ended, package k WHERE b.id = ended.build_id AND b.state = 'pending' AND k.id = b.package_id
            RETURNING b.id, b.package_id, b.sequence, k.name, k.repo_id, ended.id AS run_id
            """)
        for row in rows {
            let (name, sequence): (PackageName, Int64) = (try row.value("name"), try row.value("sequence"))
            record(
                NewEvent(
                    "build.canceled", "build \(sequence) of \(name) was superseded before it had begun",
                    repo: try row.value("repo_id"), package: try row.value("package_id"), change: change,
                    build: try row.value("id"), run: try row.value("run_id")))
        }
        return rows.count
    }
}
