import Model
import Postgres

extension StoreTransaction {
    /// Ends the Run; nil when this token has ended it before.
    func end(
        _ id: RunID, leaseTokenHash: [UInt8], _ result: RunResult
    ) async throws(StoreError) -> (build: BuildID, deployment: DeploymentID?)? {
        let rows = try await database.query(
            "finishRun",
            """
            WITH mine AS (
                SELECT id, state, build_id, deployment_id FROM run
                WHERE id = \(id) AND lease_token_hash = \(leaseTokenHash) FOR NO KEY UPDATE
            ), ended AS (
                UPDATE run n SET finished_at = clock_timestamp(), lease_expires = NULL, error = \(result.error),
                    state = CASE WHEN \(result.error == nil) THEN 'succeeded' ELSE 'failed' END,
                    log_bytes_dropped = \(max(0, result.logBytesDropped))
                FROM mine WHERE n.id = mine.id AND mine.state = 'running'
            )
            SELECT state, build_id, deployment_id FROM mine
            """)
        guard let row = rows.first else { throw StateStore.lost(id, "finishRun") }
        let state: Run.State = try row.value("state")
        return state == .running ? (try row.value("build_id"), try row.value("deployment_id")) : nil
    }

    /// Records what was said of a Build; a value that did not change is not recorded again.
    ///
    /// - Parameter speaker: who said it; the transaction's actor unless given.
    func annotate(
        _ build: BuildID, _ annotations: JSONObject, by speaker: String? = nil
    ) async throws(StoreError) {
        guard !annotations.isEmpty else { return }
        let speaker = speaker ?? actor
        try await database.execute(
            "annotate",
            """
            UPDATE annotation a SET is_current = false FROM jsonb_each(\(json: annotations)) AS g (key, value)
            WHERE a.build_id = \(build) AND a.key = g.key AND a.is_current AND a.value <> g.value
            """)
        let rows = try await database.query(
            "annotate",
            """
            WITH added AS (
                INSERT INTO annotation (build_id, key, value, actor)
                SELECT \(build), g.key, g.value, \(speaker) FROM jsonb_each(\(json: annotations)) AS g (key, value)
                ON CONFLICT (build_id, key) WHERE is_current DO NOTHING RETURNING key
            )
            SELECT added.key, b.package_id, 'build ' || b.sequence || ' of ' || k.name AS subject
            FROM added, build b JOIN package k ON k.id = b.package_id WHERE b.id = \(build) ORDER BY added.key
            """)
        guard let row = rows.first else { return }
        let package: PackageID = try row.value("package_id")
        enqueue(.promote, [package])
        let keys = try rows.values(String.self).joined(separator: ", ")
        let subject: String = try row.value("subject")
        record(
            NewEvent(
                "build.annotated", "\(subject): annotations changed: \(keys)", package: package, build: build,
                by: speaker))
    }

    /// Ends the Build of a Run that has ended, and whose package is locked.
    func concludeBuild(
        _ id: BuildID, _ package: LockedPackage, run: RunID, _ result: RunResult
    ) async throws(StoreError) {
        var error = result.error
        if error == nil, let alias = result.alias, let other = try await build(of: package.id, alias: alias, not: id) {
            error = "the alias '\(alias)' belongs to build \(other) already"
            try await database.execute(
                "finishRun", "UPDATE run SET state = 'failed', error = \(error) WHERE id = \(run)")
        }
        if let error {
            try await failBuild(id, package, error: error, run: run)
        } else {
            try await succeedBuild(id, package, run: run, result)
        }
    }

    /// A package that is locked to the end of the transaction, with the Build that a Run makes.
    struct LockedPackage {
        var id: PackageID
        var name: PackageName
        var repo: RepoID
        var sequence: Int64
        var change: ChangeID
    }

    /// Locks the package whose Build a Run makes, so that its Builds end one after the other; nil for other Runs.
    ///
    /// Comes before the Run is locked: a delivery locks a package before the Runs that it cancels.
    func lockPackage(builtBy run: RunID) async throws(StoreError) -> LockedPackage? {
        let rows = try await database.query(
            "finishRun",
            """
            SELECT k.id, k.name, k.repo_id, b.sequence, b.change_id
            FROM run n JOIN build b ON b.id = n.build_id JOIN package k ON k.id = b.package_id
            WHERE n.id = \(run) AND n.kind = 'build' FOR NO KEY UPDATE OF k
            """)
        return try rows.decode { row throws(StoreError) in
            LockedPackage(
                id: try row.value("id"), name: try row.value("name"), repo: try row.value("repo_id"),
                sequence: try row.value("sequence"), change: try row.value("change_id"))
        }.first
    }

    private func build(of package: PackageID, alias: String, not id: BuildID) async throws(StoreError) -> Int64? {
        let sequences: [Int64] = try await database.query(
            "finishRun",
            "SELECT sequence FROM build WHERE package_id = \(package) AND alias = \(alias) AND id <> \(id)"
        ).values()
        return sequences.first
    }

    private func failBuild(
        _ id: BuildID, _ package: LockedPackage, error: String, run: RunID
    ) async throws(StoreError) {
        try await database.execute(
            "finishRun",
            "UPDATE build SET state = 'failed', error = \(error), finished_at = clock_timestamp() WHERE id = \(id)")
        enqueue(.deliver, [package.repo])
        record(
            NewEvent(
                "build.failed", "build \(package.sequence) of \(package.name) failed: \(error)", repo: package.repo,
                package: package.id, change: package.change, build: id, run: run))
    }

    private func succeedBuild(
        _ id: BuildID, _ package: LockedPackage, run: RunID, _ result: RunResult
    ) async throws(StoreError) {
        try await database.execute(
            "finishRun",
            """
            UPDATE build SET state = 'succeeded', finished_at = clock_timestamp(), alias = \(result.alias),
                attributes = \(json: result.outputs)
            WHERE id = \(id)
            """)
        // The newest that succeeded counts; a build is still owed when a newer one has not ended well.
        try await database.execute(
            "finishRun",
            """
            UPDATE package k SET last_build_id = l.id, is_outstanding = k.error IS NOT NULL OR (
                k.removed_at IS NULL AND EXISTS (
                    SELECT FROM build n WHERE n.id = k.newest_build_id AND n.sequence > l.sequence
                        AND n.state IN ('pending', 'running', 'failed')
                ))
            FROM (
                SELECT id, sequence FROM build WHERE package_id = \(package.id) AND state = 'succeeded'
                ORDER BY sequence DESC LIMIT 1
            ) AS l
            WHERE k.id = \(package.id)
            """)
        enqueue(.promote, [package.id])
        let alias = result.alias.map { " '\($0)'" } ?? ""
        record(
            NewEvent(
                "build.succeeded", "build \(package.sequence)\(alias) of \(package.name) succeeded", repo: package.repo,
                package: package.id, change: package.change, build: id, run: run))
    }
}
