import Model
import Postgres

extension StoreTransaction {
    /// Stops watching a repo; its rows stay as history, and it can be added again as a new one.
    ///
    /// What was added again in its place waits until what it runs was destroyed. ``RepoRemoval/orphan`` may follow
    /// ``RepoRemoval/destroy``, to give up what was not destroyed yet. Its previews go with it, in the same way.
    ///
    /// Throws ``StoreError/Code/notFound`` when it is not watched, or is a preview, which goes with its branch;
    /// ``StoreError/Code/conflict`` when something is deployed and `mode` is ``RepoRemoval/refuse``.
    public func removeRepo(_ id: RepoID, mode: RepoRemoval) async throws(StoreError) {
        try await lockDeliveries("removeRepo")
        let rows = try await database.query(
            "removeRepo",
            """
            UPDATE repo SET removed_at = now() WHERE id = \(id) AND removed_at IS NULL AND parent_id IS NULL
            RETURNING url
            """)
        guard let row = rows.first else {
            if mode == .orphan, try await giveUp(id) { return }
            throw StoreError(.notFound, "removeRepo", subject: id.description, "there is no such repo")
        }
        if mode == .refuse { try await refuseIfDeployed(id) }
        let previews: [RepoID] = try await database.query(
            "removeRepo",
            "UPDATE repo SET removed_at = now() WHERE parent_id = \(id) AND removed_at IS NULL RETURNING id"
        ).values()
        try await takeAway([id] + previews.sorted(), mode, because: "the repository is no longer watched")
        let url = RepoURL.withoutPassword(try row.value("url"))
        record(
            NewEvent(
                "repo.removed", "\(url) is no longer watched", repo: id, data: ["mode": .string(mode.rawValue)]))
    }

    /// Ends all that repos have which were just marked as removed: packages, environments, Changes.
    func takeAway(_ repos: [RepoID], _ mode: RepoRemoval, because reason: String) async throws(StoreError) {
        // Who removes the repo means what is on hold, too.
        try await endRestraints(
            .hold, "p.package_id IN (SELECT k.id FROM package k WHERE k.repo_id = ANY(\(repos)))", by: actor,
            because: reason)
        let packages: [PackageID] = try await database.query(
            "removeRepo", "SELECT id FROM package WHERE repo_id = ANY(\(repos)) AND removed_at IS NULL"
        ).values()
        try await removePackages(packages, reason: reason)
        var closed: [EnvironmentID] = []
        for repo in repos { closed += try await undeclareEnvironments(of: repo) }
        if mode == .orphan { try await forget("k.repo_id = ANY(\(repos)) OR p.environment_id = ANY(\(closed))") }
        try await database.execute(
            "removeRepo",
            "UPDATE change SET state = 'superseded' WHERE repo_id = ANY(\(repos)) AND state IN ('recorded', 'failed')")
    }

    /// Marks packages as gone, cancels what has not begun for them, and has what they run destroyed.
    func removePackages(_ packages: [PackageID], reason: String) async throws(StoreError) {
        guard !packages.isEmpty else { return }
        let rows = try await database.query(
            "removePackages",
            """
            UPDATE package SET removed_at = now(), error = NULL, is_outstanding = false
            WHERE id = ANY(\(packages)) AND removed_at IS NULL RETURNING id, name, repo_id
            """)
        for row in rows {
            record(
                NewEvent(
                    "package.removed", "\(try row.value("name") as PackageName): \(reason)",
                    repo: try row.value("repo_id"), package: try row.value("id")))
        }
        _ = try await cancelPendingBuilds(of: packages, except: nil)
        try await emptyTargets("p.package_id = ANY(\(packages))", reason: reason)
    }

    /// Throws when a package of the repo or of a preview of it is deployed, or any in an environment that only this
    /// repo declares.
    private func refuseIfDeployed(_ id: RepoID) async throws(StoreError) {
        let rows = try await database.query(
            "removeRepo",
            """
            SELECT k.name AS package, e.name AS environment, count(*) OVER () AS total,
                (SELECT coalesce(r.name, r.url_name) FROM repo r WHERE r.id = \(id)) AS repo
            FROM placement p JOIN package k ON k.id = p.package_id JOIN environment e ON e.id = p.environment_id
            WHERE (k.repo_id IN (
                    SELECT w.id FROM repo w WHERE w.id = \(id) OR w.parent_id = \(id) AND w.removed_at IS NULL
                ) OR (
                    e.repo_id = \(id) AND e.removed_at IS NULL AND NOT EXISTS (
                        SELECT FROM environment_declaration d WHERE d.name = e.name AND d.repo_id <> \(id)
                    )
                ))
                AND (p.deployed_id IS NOT NULL OR EXISTS (
                    SELECT FROM deployment d WHERE d.placement_id = p.id AND d.state IN ('pending', 'running')
                ))
            ORDER BY k.name, e.name LIMIT 1
            """)
        guard let row = rows.first else { return }
        let (package, environment): (PackageName, EnvironmentName) = (
            try row.value("package"), try row.value("environment")
        )
        let (repo, total): (RepoName, Int64) = (try row.value("repo"), try row.value("total"))
        let others = total > 1 ? ", and \(total - 1) more" : ""
        throw StoreError(
            .conflict, "removeRepo", subject: repo.rawValue,
            "\(package) is deployed in \(environment)\(others): say whether deployments shall be destroyed or orphaned")
    }

    /// Leaves what a removed repo, with all that were its previews, was still to destroy as it is; false when there is
    /// nothing of the kind.
    private func giveUp(_ id: RepoID) async throws(StoreError) -> Bool {
        let forgotten = try await forget(
            """
            k.repo_id IN (
                SELECT w.id FROM repo w WHERE (w.id = \(id) OR w.parent_id = \(id)) AND w.removed_at IS NOT NULL
            ) AND (p.deployed_id IS NOT NULL OR EXISTS (
                SELECT FROM deployment d WHERE d.placement_id = p.id AND d.state IN ('pending', 'running')
            ))
            """)
        guard !forgotten.isEmpty else { return false }
        record(NewEvent("repo.forgotten", "what \(id) was still to destroy is left as it is", repo: id))
        return true
    }

    /// Forgets what placements run, without touching it: what is deployed, and what is being deployed when it ends.
    ///
    /// Nothing of it is ever destroyed: what has not begun is canceled, and a destroy begins only where something counts
    /// as deployed. A placement that gets a Target again later is deployed anew.
    ///
    /// - Parameter condition: chooses by `placement AS p, package AS k`.
    @discardableResult
    private func forget(_ condition: SQL) async throws(StoreError) -> [PlacementID] {
        let placements: [PlacementID] = try await database.query(
            "removeRepo",
            """
            WITH chosen AS (
                SELECT p.id FROM placement p JOIN package k ON k.id = p.package_id
                WHERE p.generation > p.forgotten_generation AND (\(condition))
                ORDER BY p.id FOR NO KEY UPDATE OF p
            )
            UPDATE placement p SET deployed_id = NULL, forgotten_generation = p.generation
            FROM chosen WHERE p.id = chosen.id RETURNING p.id
            """
        ).values()
        try await cancelDeployments("d.placement_id = ANY(\(placements))")
        enqueue(.sync, placements)
        try await wakeNamesakes(of: placements)
        return placements
    }
}
