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

    private struct Entry: Encodable {
        var name: PackageName
        var reason: AffectedReason
    }

    /// Begins a Build, with its Run, for each affected package that has none of this Change; one statement for all.
    func beginBuilds(_ delivery: Delivery, _ context: DeliveryContext) async throws(StoreError) -> BegunBuilds {
        guard !delivery.affected.isEmpty else { return BegunBuilds() }
        let entries = delivery.affected.sorted { $0.key < $1.key }.map { Entry(name: $0.key, reason: $0.value) }
        let rows = try await database.query(
            "deliver",
            """
            WITH wanted AS (
                SELECT k.id, k.name, k.next_sequence, k.path, k.functions, w.reason,
                    'build' = ANY(k.functions) AS is_run
                FROM jsonb_to_recordset(\(json: entries)) AS w (name text, reason jsonb)
                JOIN package k ON k.repo_id = \(context.repo) AND k.name = w.name
                WHERE k.removed_at IS NULL AND k.error IS NULL AND NOT EXISTS (
                    SELECT FROM build b WHERE b.change_id = \(delivery.change) AND b.package_id = k.id
                )
                FOR NO KEY UPDATE OF k
            ), begun AS (
                INSERT INTO build (
                    package_id, change_id, sequence, commit, tree, path, functions, reason, state, finished_at
                )
                SELECT id, \(delivery.change), next_sequence, \(context.commit), \(delivery.tree), path, functions,
                    reason, CASE WHEN is_run THEN 'pending' ELSE 'succeeded' END,
                    CASE WHEN is_run THEN NULL ELSE now() END
                FROM wanted RETURNING id, package_id, sequence, state
            ), queued AS (
                INSERT INTO run (kind, repo_id, build_id)
                SELECT 'build', \(context.repo), id FROM begun WHERE state = 'pending' RETURNING id, build_id
            ), noted AS (
                UPDATE package k SET next_sequence = begun.sequence + 1, newest_build_id = begun.id,
                    last_build_id = CASE WHEN begun.state = 'succeeded' THEN begun.id ELSE k.last_build_id END,
                    is_outstanding = begun.state = 'pending'
                FROM begun WHERE k.id = begun.package_id
            )
            SELECT begun.id, begun.package_id, begun.sequence, wanted.name, queued.id
            FROM begun JOIN wanted ON wanted.id = begun.package_id LEFT JOIN queued ON queued.build_id = begun.id
            """)
        return try note(rows, delivery, context)
    }

    private func note(
        _ rows: Rows, _ delivery: Delivery, _ context: DeliveryContext
    ) throws(StoreError) -> BegunBuilds {
        var begun = BegunBuilds()
        var runs: [RunID] = []
        for row in rows {
            let (build, package): (BuildID, PackageID) = (try row.value(at: 0), try row.value(at: 1))
            let (sequence, name): (Int64, PackageName) = (try row.value(at: 2), try row.value(at: 3))
            let run: RunID? = try row.value(at: 4)
            begun.packages.append(package)
            if let run { runs.append(run) } else { begun.finished.append(package) }
            let reason = delivery.affected[name].map { ": \($0)" } ?? ""
            record(
                NewEvent(
                    run == nil ? "build.succeeded" : "build.queued",
                    run == nil
                        ? "\(name) has build \(sequence), there is nothing to run for it"
                        : "build \(sequence) of \(name) is queued\(reason)",
                    repo: context.repo, package: package, change: delivery.change, build: build, run: run))
        }
        enqueue(.dispatch, runs)
        return begun
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
