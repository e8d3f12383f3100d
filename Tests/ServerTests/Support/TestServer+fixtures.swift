import Foundation
import Model
import Store
import Testing

@testable import Server

extension TestServer {
    /// A commit id made of one digit.
    static func commit(_ digit: Character) throws -> CommitID {
        try #require(CommitID(hex: String(repeating: digit, count: 40)))
    }

    /// Watches a repo, as `POST /api/v1/repos` does.
    func addRepo(_ url: String = "file:///shop") async throws -> RepoID {
        try await store.transaction(as: "test") { tx throws(StoreError) in try await tx.addRepo(url: url, refs: []) }
    }

    /// Records a Change and delivers it, so that each package has a Build that waits for a runner.
    @discardableResult
    func deliver(
        _ packages: [PackageName], environments: [EnvironmentName] = ["prod"], to repo: RepoID,
        commit digit: Character = "a", patch: ChangePatch? = nil
    ) async throws -> ChangeID {
        let commit = try Self.commit(digit)
        let tree = try #require(TreeID(hex: commit.hex))
        let change = NewChange(
            repo: repo, ref: "refs/heads/main", expected: nil, commit: commit, isForced: false, message: "a change",
            author: "Ada <ada@example.com>", patch: patch, commits: [])
        let id = try #require(
            try await store.transaction(as: "test") { tx throws(StoreError) in try await tx.recordChange(change) })
        let declarations = packages.map {
            PackageDeclaration(name: $0, path: $0.rawValue, functions: [.build, .deploy], tasks: [], loads: [])
        }
        let delivery = Delivery(
            change: id, tree: tree,
            declaration: RepoDeclaration(
                name: "shop",
                environments: environments.map {
                    EnvironmentDeclaration(name: $0, attributes: [:], isArchived: false)
                }),
            evaluated: declarations.map {
                EvaluatedPackageFile(directory: $0.path, outcome: .declared([$0]), loads: [])
            },
            removedDirectories: [],
            affected: Dictionary(uniqueKeysWithValues: packages.map { ($0, AffectedReason.neverBuilt) }))
        _ = try await store.transaction(as: "test") { tx throws(StoreError) in try await tx.deliver(delivery) }
        return id
    }

    /// The queued Run of a package's Build, with a one-time token to start it.
    func queuedRun(of change: ChangeID) async throws -> (id: RunID, token: String) {
        let runs = try await store.runs(RunFilter(change: change))
        let id = try #require(runs.first).run.id
        let token = try await store.transaction(as: "test") { tx throws(StoreError) in try await tx.prepareStart(id) }
        return (id, try #require(token))
    }

    /// A Run that a runner has taken, with its lease token.
    func startedRun() async throws -> (id: RunID, lease: String) {
        let change = try await deliver(["api"], to: try await addRepo())
        let run = try await queuedRun(of: change)
        let response = try await send(.post, "/api/v1/runs/\(run.id)/start", token: run.token)
        return (run.id, try response.decoded(RunStart.self).leaseToken)
    }
}
