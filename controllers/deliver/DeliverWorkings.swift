import Config
import Git
import Model
import Repositories
import Store

/// Reads all that Deliver needs to know about one Change, and hands it to the pure plan.
struct DeliverWorkings: Sendable {
    let store: StateStore
    let repositories: RepositorySet
    let evaluator: ConfigEvaluator
    let trees: ChangeTrees

    /// What a Change means: declarations, affected packages and their reasons.
    func delivery(of change: Change, in repo: Repo) async throws -> Delivery {
        let tree = try await trees.tree(of: change, in: repo.mirror, url: repo.url)
        let base = try await store.deliveryBase(repo.id)
        let reader = try await reader(of: repo, [change.commit] + (base.commit.map { [$0] } ?? []))
        let source = GitSourceTree(reader: reader, tree: tree)
        let declaration = try await declaration(in: source, of: repo)
        guard let baseTree = base.tree else {
            let directories = try await packageDirectories(reader, in: tree)
            let evaluated = try await evaluator.packageFiles(in: directories, of: source)
            return Delivery(
                change: change.id, tree: tree, declaration: declaration, evaluated: evaluated.map(\.record),
                removedDirectories: [], affected: DeliverPlan.first(evaluated.map(\.record)))
        }
        let changes = try await differences(
            from: baseTree, of: base.change, to: tree, in: repo, reader, subject: "the last delivered change")
        let known = try await store.packageFiles(repo.id, watching: changes.map(\.path))
        let owing = try await store.outstanding(repo.id)
        let inspection = DeliverPlan.inspect(changes, known: known, owing: owing)
        let evaluated = try await evaluator.packageFiles(in: inspection.evaluated, of: source)
        var plan = DeliverPlan(
            paths: changes.map(\.path), known: known, owing: owing, evaluated: evaluated.map(\.record),
            removed: inspection.removed)
        for base in plan.ownBases {
            plan.ownPaths[base] = try await differences(
                from: base, of: plan.change(of: base), to: tree, in: repo, reader, subject: plan.subject(of: base)
            ).map(\.path)
        }
        return Delivery(
            change: change.id, tree: tree, declaration: declaration, evaluated: evaluated.map(\.record),
            removedDirectories: inspection.removed, affected: plan.affected(), unaffected: plan.unaffected())
    }

    /// The Builds that the newest delivered Change owes since an older Build failed; nil when it owes none.
    func owed(by repo: Repo) async throws -> Delivery? {
        let base = try await store.deliveryBase(repo.id)
        guard let change = base.change, let tree = base.tree else { return nil }
        let owing = try await store.outstanding(repo.id).filter { record in
            record.packages.contains { $0.isOutstanding && $0.newestBuildChange != change }
        }
        guard !owing.isEmpty else { return nil }
        let reader = try await reader(of: repo, base.commit.map { [$0] } ?? [])
        var plan = DeliverPlan(paths: [], known: [], owing: owing, evaluated: [], removed: [])
        for base in plan.ownBases {
            plan.ownPaths[base] = try await differences(
                from: base, of: plan.change(of: base), to: tree, in: repo, reader, subject: plan.subject(of: base)
            ).map(\.path)
        }
        let affected = plan.affected()
        let unaffected = plan.unaffected()
        guard !affected.isEmpty || !unaffected.isEmpty else { return nil }
        let source = GitSourceTree(reader: reader, tree: tree)
        return Delivery(
            change: change, tree: tree, declaration: try await declaration(in: source, of: repo), evaluated: [],
            removedDirectories: [], affected: affected, unaffected: unaffected)
    }

    private func declaration(in source: GitSourceTree, of repo: Repo) async throws -> RepoDeclaration {
        try PreviewDeclaration.make(try await evaluator.repoFile(in: source), of: repo.origin)
    }

    private func reader(of repo: Repo, _ commits: [CommitID]) async throws(GitError) -> RepositoryReader {
        try await repositories.reader(of: repo.mirror, url: repo.url, needing: commits)
    }

    private func packageDirectories(_ reader: RepositoryReader, in tree: TreeID) async throws -> [String] {
        try await reader.read { objects in
            try objects.files(named: ConfigFile.package, in: tree).compactMap {
                ConfigFile.packageDirectory(ofFile: $0.path)
            }
        }
    }

    /// The paths in which two trees differ; an old one that is not in the mirror is brought again.
    private func differences(
        from old: TreeID, of change: ChangeID?, to new: TreeID, in repo: Repo, _ reader: RepositoryReader,
        subject: String
    ) async throws -> [PathChange] {
        do {
            return try await reader.read { try $0.changes(from: old, to: new) }
        } catch let error as GitError where error.code == .missingObject {
            guard let change, try await isRestored(old, of: change, in: repo) else {
                throw MissingBase(tree: old, subject: subject)
            }
            return try await reader.read { try $0.changes(from: old, to: new) }
        }
    }

    private func isRestored(_ tree: TreeID, of change: ChangeID, in repo: Repo) async throws -> Bool {
        guard let change = try await store.change(change) else { return false }
        do {
            return try await trees.tree(of: change, in: repo.mirror, url: repo.url) == tree
        } catch let error as GitError where error.code == .missingObject {
            return false
        }
    }
}

extension Config.EvaluatedPackageFile {
    /// The form in which the Store keeps what a package file declared.
    fileprivate var record: PackageFileOutcome {
        switch outcome {
        case .success: .init(directory: directory, outcome: .declared(declarations), loads: loads)
        case .failure(let error): .init(directory: directory, outcome: .failed(error.description), loads: loads)
        }
    }
}
