import Model
import Postgres

extension StoreTransaction {
    private struct FileEntry: Encodable {
        var path: String
        var error: String?
        var loads: [LoadedFile]
    }

    private struct LoadEntry: Encodable {
        var package_file: String
        var file_path: String
        var chain: [String]
    }

    /// Writes which package files there are, what they load, and which are in error.
    func writeFiles(_ delivery: Delivery, _ plan: PackagePlan, repo: RepoID) async throws(StoreError) {
        if !delivery.removedDirectories.isEmpty {
            try await database.execute(
                "deliver",
                "DELETE FROM package_file WHERE repo_id = \(repo) AND path = ANY(\(delivery.removedDirectories))")
        }
        let evaluated = Set(delivery.evaluated.map(\.directory))
        let files = delivery.evaluated.map { file in
            FileEntry(path: file.directory, error: plan.failures[file.directory]?.storable(), loads: file.loads)
        }
        if !files.isEmpty { try await upsert(files, repo: repo) }
        for (path, error) in plan.failures where !evaluated.contains(path) {
            try await database.execute(
                "deliver",
                "UPDATE package_file SET error = \(error.storable()) WHERE repo_id = \(repo) AND path = \(path)")
        }
    }

    private func upsert(_ files: [FileEntry], repo: RepoID) async throws(StoreError) {
        try await database.execute(
            "deliver",
            """
            INSERT INTO package_file AS f (repo_id, path, error, loads)
            SELECT \(repo), w.path, w.error, w.loads
            FROM jsonb_to_recordset(\(json: files)) AS w (path text, error text, loads jsonb)
            ON CONFLICT (repo_id, path) DO UPDATE SET error = excluded.error, loads = excluded.loads
            WHERE f.error IS DISTINCT FROM excluded.error OR f.loads <> excluded.loads
            """)
        try await database.execute(
            "deliver",
            "DELETE FROM package_load WHERE repo_id = \(repo) AND package_file = ANY(\(files.map(\.path)))")
        let loads = files.flatMap { file in
            file.loads.map { LoadEntry(package_file: file.path, file_path: $0.path, chain: $0.chain) }
        }
        guard !loads.isEmpty else { return }
        try await database.execute(
            "deliver",
            """
            INSERT INTO package_load (repo_id, file_path, package_file, chain)
            SELECT \(repo), w.file_path, w.package_file, w.chain
            FROM jsonb_to_recordset(\(json: loads)) AS w (package_file text, file_path text, chain text[])
            ON CONFLICT DO NOTHING
            """)
    }

    /// Puts the packages of files in error in error, and shows a file that never declared any as a package of its own.
    ///
    /// - Returns: the packages that stand for such files and are new.
    func fail(_ plan: PackagePlan, repo: RepoID) async throws(StoreError) -> [PackageID] {
        guard !plan.failures.isEmpty else { return [] }
        let failures = plan.failures.sorted { $0.key < $1.key }
        let (paths, errors) = (failures.map(\.key), failures.map { $0.value.storable() })
        let failed = try await database.query(
            "deliver",
            """
            UPDATE package k SET error = f.error, is_outstanding = true
            FROM unnest(\(paths), \(errors)) AS f (path, error)
            WHERE k.repo_id = \(repo) AND k.path = f.path AND k.removed_at IS NULL
                AND NOT (k.name = ANY(\(plan.declared.keys.sorted()))) AND k.error IS DISTINCT FROM f.error
            RETURNING k.id, k.error
            """)
        for row in failed {
            record(NewEvent("package.failed", try row.value("error"), repo: repo, package: try row.value("id")))
        }
        let provisional = try await database.query(
            "deliver",
            """
            INSERT INTO package AS k (repo_id, name, path, error, is_provisional, is_outstanding)
            SELECT \(repo), f.name, f.path, f.error, true, true
            FROM unnest(\(paths), \(errors), \(paths.map(ConfigFile.packageFile))) AS f (path, error, name)
            WHERE NOT EXISTS (
                SELECT FROM package o WHERE o.repo_id = \(repo) AND o.path = f.path AND o.removed_at IS NULL
            )
            ON CONFLICT (repo_id, name) DO UPDATE SET path = excluded.path, error = excluded.error,
                is_provisional = true, is_outstanding = true, removed_at = NULL
            RETURNING k.id, k.error
            """)
        return try provisional.decode { row throws(StoreError) in
            let id: PackageID = try row.value("id")
            record(NewEvent("package.failed", try row.value("error"), repo: repo, package: id))
            return id
        }
    }
}
