import Model
import Store

extension StoreFixture {
    /// A repo whose main is delivered, with previews of `feature/*`.
    func previewedShop(environments: [EnvironmentDeclaration] = [.named("prod")]) async throws -> RepoID {
        let repo = try await addRepo()
        try await setPreviews(repo, PreviewRule(refs: ["refs/heads/feature/*"]))
        try await deliver(try await push(repo), environments: environments, packages: [.plain("api")])
        return repo
    }

    /// Says which branches have previews.
    func setPreviews(_ repo: RepoID, _ rule: PreviewRule?) async throws {
        try await store.transaction(as: "source") { tx throws(StoreError) in
            try await tx.recordDefaultRef(repo, "refs/heads/main")
            try await tx.setPreviews(repo, rule)
        }
    }

    /// Moves a branch that has a preview, or gets one, to the last of these commits, or to a new one.
    @discardableResult
    func pushPreview(_ repo: RepoID, _ branch: String, _ commits: [ChangeCommit] = []) async throws -> Change {
        let ref = RefName("refs/heads/" + branch)
        let tip = try await store.previewTips(repo).tips[ref]?.commit
        let new = NewChange(
            repo: repo, ref: ref, expected: tip, commit: commits.last?.commit ?? commit(), isForced: false,
            message: "Try it\n", author: "Ann <ann@example.com>", patch: nil, commits: commits)
        let id = try await store.transaction(as: "source") { tx throws(StoreError) in
            try await tx.recordPreviewChange(new)
        }
        guard let id, let change = try await store.change(id) else { throw FixtureError("the change was not recorded") }
        return change
    }

    /// Moves such a branch, and delivers api to its environment, where it shall run.
    @discardableResult
    func deliverPreview(_ repo: RepoID, _ branch: String) async throws -> (
        preview: RepoID, environment: EnvironmentName
    ) {
        let change = try await pushPreview(repo, branch)
        let origin = try await store.repo(change.repo)?.origin
        guard let environment = origin?.environment else { throw FixtureError("\(branch) has no preview") }
        try await deliver(change, environments: [.named(environment)], packages: [.plain("api")])
        try await aim(try await placement("api", environment), at: try await newestBuild("api"))
        return (change.repo, environment)
    }

    /// Ends a preview as a look does that finds its branch gone.
    func endPreview(_ preview: RepoID) async throws {
        try await store.transaction(as: "source") { tx throws(StoreError) in
            try await tx.endPreview(preview, because: "branch x was deleted")
        }
    }

    /// Each placement as `REPO ID package@environment`, sorted.
    func places() async throws -> [String] {
        try await pool.query(
            """
            SELECT 'o' || k.repo_id || ' ' || k.name || '@' || e.name FROM placement p
            JOIN package k ON k.id = p.package_id JOIN environment e ON e.id = p.environment_id ORDER BY 1
            """
        ).column()
    }
}

extension PackageDeclaration {
    /// A package that is built at once.
    static func plain(_ name: PackageName) -> PackageDeclaration {
        .named(name, functions: [.deploy, .destroy])
    }
}
