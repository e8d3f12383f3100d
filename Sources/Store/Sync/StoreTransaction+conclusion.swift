import Model
import Postgres

extension StoreTransaction {
    /// Ends a deployment that is pending or running, and has everybody look who may care.
    ///
    /// - Parameters:
    ///   - error: why it failed; nil when it succeeded.
    ///   - outputs: what it put out; ignored when it failed.
    func concludeDeployment(
        _ id: DeploymentID, error: String?, outputs: JSONObject, run: RunID? = nil
    ) async throws(StoreError) {
        let isSuccess = error == nil
        let rows = try await database.query(
            "concludeDeployment",
            """
            WITH old AS (
                SELECT d.id, d.placement_id, d.generation, d.kind, d.build_id, p.package_id, p.environment_id,
                    k.repo_id, CASE WHEN r.parent_id IS NOT NULL THEN r.id END AS preview_id,
                    coalesce(r.name, r.url_name) AS repo_name, k.name AS package_name, e.name AS environment_name,
                    o.outputs AS old_outputs, r.removed_at IS NOT NULL
                        OR d.names <> ARRAY[coalesce(r.name, r.url_name), k.name, e.name] AS frees_names
                FROM deployment d
                JOIN placement p ON p.id = d.placement_id
                JOIN package k ON k.id = p.package_id
                JOIN repo r ON r.id = k.repo_id
                JOIN environment e ON e.id = p.environment_id
                LEFT JOIN deployment o ON o.id = p.deployed_id
                WHERE d.id = \(id) AND d.state IN ('pending', 'running') FOR NO KEY UPDATE OF d, p
            ), ended AS (
                UPDATE deployment d SET state = CASE WHEN \(isSuccess) THEN 'succeeded' ELSE 'failed' END,
                    outputs = CASE WHEN \(isSuccess) AND old.kind = 'deploy' THEN \(json: outputs) ELSE '{}' END,
                    error = \(error), finished_at = clock_timestamp()
                FROM old WHERE d.id = old.id
            ), placed AS (
                UPDATE placement p SET deployed_id = CASE
                        WHEN old.kind = 'deploy' AND old.generation > p.forgotten_generation THEN old.id END,
                    observed_generation = greatest(p.observed_generation, old.generation)
                FROM old WHERE p.id = old.placement_id AND \(isSuccess)
            )
            SELECT placement_id, kind, build_id, package_id, environment_id, repo_id, preview_id, repo_name,
                package_name, environment_name, frees_names,
                old_outputs IS DISTINCT FROM CASE kind WHEN 'deploy' THEN \(json: outputs) END AS is_new
            FROM old
            """)
        guard let row = rows.first else { return }
        let address = PlacementAddress(
            repo: try row.value("repo_name"), package: try row.value("package_name"),
            environment: try row.value("environment_name"))
        let placement: PlacementID = try row.value("placement_id")
        enqueue(.sync, [placement])
        if try row.value("frees_names") == true { try await wakeNamesakes(of: [placement], deployment: id) }
        if isSuccess {
            enqueue(.promote, [try row.value("package_id") as PackageID])
            try await wakeWatchers(
                of: address, in: try row.value("preview_id"), haveInputsChanged: try row.value("is_new"))
        }
        let kind: String = try row.value("kind")
        let end = error.map { "failed: \($0)" } ?? "succeeded"
        record(
            NewEvent(
                isSuccess ? "deployment.succeeded" : "deployment.failed",
                "\(kind) of \(address.package)@\(address.environment) \(end)", repo: try row.value("repo_id"),
                package: try row.value("package_id"), environment: try row.value("environment_id"),
                build: try row.value("build_id"), deployment: id, run: run))
    }

    /// Has those looked at who take outputs of a placement, or whose policy read what is deployed of its package.
    ///
    /// - Parameter preview: the preview that it is in, whose own policies alone see it.
    private func wakeWatchers(
        of address: PlacementAddress, in preview: RepoID?, haveInputsChanged: Bool
    ) async throws(StoreError) {
        let rows = try await database.query(
            "concludeDeployment",
            """
            SELECT placement_id, NULL::bigint AS package_id FROM input_watch
            WHERE \(haveInputsChanged) AND repo_name = \(address.repo) AND package_name = \(address.package)
                AND environment_name = \(address.environment)
            UNION ALL
            SELECT NULL, y.package_id FROM policy_watch y JOIN package k ON k.id = y.package_id
            WHERE y.repo_name = \(address.repo) AND y.package_name = \(address.package)
                AND k.repo_id = coalesce(\(preview), k.repo_id)
            """)
        for row in rows {
            if let placement: PlacementID = try row.value("placement_id") { enqueue(.sync, [placement]) }
            if let package: PackageID = try row.value("package_id") { enqueue(.promote, [package]) }
        }
    }
}
