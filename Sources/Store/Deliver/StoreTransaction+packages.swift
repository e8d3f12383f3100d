import Model
import Postgres

extension StoreTransaction {
    /// Writes the package files and packages as they were evaluated; what a package that is gone runs is emptied.
    func deliverPackages(
        _ delivery: Delivery, repo: RepoID
    ) async throws(StoreError) -> (added: [PackageID], removedCount: Int, failedCount: Int) {
        let known = try await knownPackages(delivery, repo: repo)
        let plan = PackagePlan(
            known: known, evaluated: delivery.evaluated, removedDirectories: delivery.removedDirectories)
        try await writeFiles(delivery, plan, repo: repo)
        var added = try await write(plan, repo: repo)
        try await removePackages(plan.removed.map(\.id), reason: "the package was removed")
        added += try await fail(plan, repo: repo)
        return (added, plan.removed.count, plan.failures.count)
    }

    /// Makes a placement for each of these packages in every open environment, and in these environments for all.
    ///
    /// The packages of a preview go into its own environment alone, and nobody else's go there.
    ///
    /// A hold whose pattern fits holds them from the start.
    func place(packages: [PackageID], environments: [EnvironmentID]) async throws(StoreError) {
        let chosen: [SQL] =
            (packages.isEmpty ? [] : ["k.id = ANY(\(packages))"])
            + (environments.isEmpty ? [] : ["e.id = ANY(\(environments))"])
        for condition in chosen {
            try await database.execute(
                "deliver",
                """
                INSERT INTO placement (package_id, environment_id)
                SELECT k.id, e.id FROM package k JOIN repo r ON r.id = k.repo_id
                CROSS JOIN environment e JOIN repo o ON o.id = e.repo_id
                WHERE k.removed_at IS NULL AND e.removed_at IS NULL AND NOT e.is_archived AND \(condition)
                    AND (o.id = r.id OR o.parent_id IS NULL AND r.parent_id IS NULL)
                ORDER BY k.id, e.id
                ON CONFLICT (package_id, environment_id) DO NOTHING
                """)
        }
        // Once, since what is new may be new twice over.
        if !chosen.isEmpty { try await extendHolds("(\(chosen.joined(separator: " OR ")))") }
    }

    /// Clears the debt of packages that equal their last Build, unless one is under way.
    func settle(_ unaffected: Set<PackageName>, repo: RepoID) async throws(StoreError) {
        guard !unaffected.isEmpty else { return }
        try await database.execute(
            "deliver",
            """
            UPDATE package k SET is_outstanding = false
            WHERE k.repo_id = \(repo) AND k.name = ANY(\(unaffected.sorted())) AND k.is_outstanding
                AND k.error IS NULL AND k.last_build_id IS NOT NULL AND NOT EXISTS (
                    SELECT FROM build b WHERE b.id = k.newest_build_id AND b.state IN ('pending', 'running')
                )
            """)
    }

    private func knownPackages(_ delivery: Delivery, repo: RepoID) async throws(StoreError) -> [KnownPackage] {
        let directories = delivery.evaluated.map(\.directory) + delivery.removedDirectories
        let names = delivery.evaluated.flatMap { file -> [PackageName] in
            guard case .declared(let packages) = file.outcome else { return [] }
            return packages.map(\.name)
        }
        let columns: SQL =
            "id, name, path, functions, tasks, error, is_provisional, removed_at IS NOT NULL AS is_removed"
        let rows = try await database.query(
            "deliver",
            """
            SELECT \(columns) FROM package WHERE repo_id = \(repo) AND name = ANY(\(names))
            UNION
            SELECT \(columns) FROM package
            WHERE repo_id = \(repo) AND path = ANY(\(directories)) AND removed_at IS NULL
            """)
        return try rows.decode { row throws(StoreError) in
            KnownPackage(
                id: try row.value("id"), name: try row.value("name"), path: try row.value("path"),
                functions: Set(try row.value("functions") as [PackageFunction]), tasks: try row.value("tasks"),
                error: try row.value("error"), isProvisional: try row.value("is_provisional"),
                isRemoved: try row.value("is_removed"))
        }
    }

    /// Inserts and updates the packages that changed, and returns those that are new or back.
    private func write(_ plan: PackagePlan, repo: RepoID) async throws(StoreError) -> [PackageID] {
        guard !plan.changed.isEmpty else { return [] }
        let entries = plan.changed.map { package in
            Entry(
                name: package.name, path: package.path,
                functions: package.functions.sorted { $0.rawValue < $1.rawValue },
                tasks: package.tasks)
        }
        let rows = try await database.query(
            "deliver",
            """
            INSERT INTO package AS k (repo_id, name, path, functions, tasks, is_outstanding)
            SELECT \(repo), w.name, w.path, w.functions, w.tasks, true
            FROM jsonb_to_recordset(\(json: entries)) AS w (name text, path text, functions text[], tasks text[])
            ON CONFLICT (repo_id, name) DO UPDATE SET path = excluded.path, functions = excluded.functions,
                tasks = excluded.tasks, error = NULL, is_provisional = false, removed_at = NULL,
                is_outstanding = CASE WHEN k.removed_at IS NULL AND k.error IS NULL THEN k.is_outstanding
                    ELSE k.last_build_id IS NULL OR EXISTS (
                        SELECT FROM build b WHERE b.id = k.newest_build_id
                            AND b.state IN ('pending', 'running', 'failed')
                    ) END
            RETURNING k.id, k.name
            """)
        var added: [PackageID] = []
        for row in rows {
            let (id, name): (PackageID, PackageName) = (try row.value("id"), try row.value("name"))
            guard plan.added.contains(name) else { continue }
            added.append(id)
            record(NewEvent("package.added", "package \(name) was added", repo: repo, package: id))
        }
        return added
    }

    private struct Entry: Encodable {
        var name: PackageName
        var path: String
        var functions: [PackageFunction]
        var tasks: [String]
    }
}
