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
    let patch: @Sendable (ChangePatch) async throws -> [UInt8]

    /// What a Change means: declarations, affected packages and their reasons.
    func delivery(of change: Change, in repo: Repo) async throws -> Delivery {
        let tree = try await tree(of: change, in: repo)
        let source = GitSourceTree(readers: await repositories.readers(of: repo.id), tree: tree)
        let declaration = try await evaluator.repoFile(in: source)
        let base = try await store.deliveryBase(repo.id)
        guard let baseTree = base.tree else {
            let directories = try await packageDirectories(of: repo.id, in: tree)
            let evaluated = try await evaluator.packageFiles(in: directories, of: source)
            return Delivery(
                change: change.id, tree: tree, declaration: declaration, evaluated: evaluated.map(\.record),
                removedDirectories: [], affected: DeliverPlan.first(evaluated.map(\.record)))
        }
        let changes = try await differences(from: baseTree, to: tree, in: repo.id, subject: "the last delivered change")
        let known = try await store.packageFiles(repo.id, watching: changes.map(\.path))
        let owing = try await store.outstanding(repo.id)
        let inspection = DeliverPlan.inspect(changes, known: known, owing: owing)
        let evaluated = try await evaluator.packageFiles(in: inspection.evaluated, of: source)
        var plan = DeliverPlan(
            paths: changes.map(\.path), known: known, owing: owing, evaluated: evaluated.map(\.record),
            removed: inspection.removed)
        for base in plan.ownBases {
            plan.ownPaths[base] = try await differences(
                from: base, to: tree, in: repo.id, subject: plan.subject(of: base)
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
        var plan = DeliverPlan(paths: [], known: [], owing: owing, evaluated: [], removed: [])
        for base in plan.ownBases {
            plan.ownPaths[base] = try await differences(
                from: base, to: tree, in: repo.id, subject: plan.subject(of: base)
            ).map(\.path)
        }
        let affected = plan.affected()
        let unaffected = plan.unaffected()
        guard !affected.isEmpty || !unaffected.isEmpty else { return nil }
        let source = GitSourceTree(readers: await repositories.readers(of: repo.id), tree: tree)
        return Delivery(
            change: change, tree: tree, declaration: try await evaluator.repoFile(in: source), evaluated: [],
            removedDirectories: [], affected: affected, unaffected: unaffected)
    }

    private func tree(of change: Change, in repo: Repo) async throws -> TreeID {
        let tree = try await repositories.readers(of: repo.id).read { objects in
            try objects.commit(change.commit).tree
        }
        guard let changePatch = change.patch else { return tree }
        let bytes = try await patch(changePatch)
        return try await repositories.readers(of: repo.id).read { try $0.apply(patch: bytes, to: tree) }
    }

    private func packageDirectories(of repo: RepoID, in tree: TreeID) async throws -> [String] {
        try await repositories.readers(of: repo).read { objects in
            try objects.files(named: ConfigFile.package, in: tree).compactMap {
                ConfigFile.packageDirectory(ofFile: $0.path)
            }
        }
    }

    private func differences(
        from old: TreeID, to new: TreeID, in repo: RepoID, subject: String
    ) async throws -> [PathChange] {
        do {
            return try await repositories.readers(of: repo).read { objects in
                try objects.changes(from: old, to: new)
            }
        } catch let error as GitError where error.code == .missingObject {
            throw MissingBase(tree: old, subject: subject)
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
