import Model
import Postgres

extension StoreTransaction {
    /// Everything that a runner must know of a Run.
    func spec(_ id: RunID, leaseSeconds: Int, logBytesMax: Int) async throws(StoreError) -> RunSpec {
        let row = try await database.query(
            "startRun",
            """
            SELECT n.kind, k.name AS package_name, b.path AS build_path,
                coalesce(r.parent_id, r.id) AS source_repo_id, r.url,
                coalesce(r.name, r.url_name) AS repo_name, c.ref, c.patch_hash, c.patch_description, c.message,
                \(Build.columns), e.id AS environment_id, e.name AS environment_name,
                e.attributes AS environment_attributes, false AS environment_is_archived,
                d.id AS deployment_id, d.attempt, d.inputs, coalesce(o.outputs, '{}') AS outputs
            FROM run n
            JOIN build b ON b.id = n.build_id
            JOIN package k ON k.id = b.package_id
            JOIN repo r ON r.id = n.repo_id
            JOIN change c ON c.id = b.change_id
            LEFT JOIN deployment d ON d.id = n.deployment_id
            LEFT JOIN placement p ON p.id = d.placement_id
            LEFT JOIN environment e ON e.id = p.environment_id
            LEFT JOIN deployment o ON o.id = p.deployed_id AND d.kind = 'destroy'
            WHERE n.id = \(id)
            """
        ).single("startRun")
        let build = try Build(row: row)
        return RunSpec(
            run: id, kind: try row.value("kind"), source: try source(row, build),
            package: try row.value("package_name"),
            path: try row.value("build_path"),
            build: RunSpec.BuildFacts(
                id: build.id, sequence: build.sequence, createdAt: build.createdAt, alias: build.alias,
                attributes: build.attributes, annotations: build.annotations),
            deployment: try deployment(row), leaseSeconds: leaseSeconds, logBytesMax: logBytesMax)
    }

    private func source(_ row: Row, _ build: Build) throws(StoreError) -> RunSpec.Source {
        let patchHash: String? = try row.value("patch_hash")
        let patchDescription: String? = try row.value("patch_description")
        return RunSpec.Source(
            repo: try row.value("source_repo_id"), repoName: try row.value("repo_name"), url: try row.value("url"),
            ref: try row.value("ref"), commit: build.commit, tree: build.tree,
            patch: patchHash.map { ChangePatch(hash: $0, description: patchDescription ?? "") },
            message: try row.value("message"))
    }

    private func deployment(_ row: Row) throws(StoreError) -> RunSpec.DeploymentFacts? {
        guard let id: DeploymentID = try row.value("deployment_id") else { return nil }
        let environment = try Environment(row: row)
        return RunSpec.DeploymentFacts(
            id: id, attempt: try row.value("attempt"), environment: environment.name,
            environmentAttributes: environment.attributes, inputs: try row.object("inputs"),
            outputs: try row.object("outputs"))
    }
}
