import Foundation
import Model
import Postgres
import Store
import TestSupport

/// A store in a schema of its own, with the steps that tests take again and again.
struct StoreFixture: Sendable {
    let store: StateStore
    let pool: PostgresPool
    /// For another store on the same schema.
    let conninfo: String
    private let commits = Counter()

    /// Runs `body` with an empty store.
    static func with<Result>(
        maxConnections: Int = 4, isolation: isolated (any Actor)? = #isolation,
        _ body: (StoreFixture) async throws -> Result
    ) async throws -> Result {
        try await DatabaseSchema.withTemporary(maxConnections: maxConnections) { database in
            let store = StateStore(pool: database.pool)
            try await store.migrate()
            return try await body(StoreFixture(store: store, pool: database.pool, conninfo: database.conninfo))
        }
    }

    /// A commit id that was not used before.
    func commit() -> CommitID {
        let number = commits.increment()
        let bytes = withUnsafeBytes(of: UInt32(number).bigEndian) { Array($0) }
        guard let id = ObjectID(bytes: [UInt8](repeating: 0, count: 16) + bytes) else {
            preconditionFailure("20 bytes")
        }
        return CommitID(id)
    }

    /// The tree of a commit: told from its id.
    static func tree(of commit: CommitID) -> TreeID {
        TreeID(commit.object)
    }

    /// A number from a statement of the test's own.
    func count(_ statement: SQL) async throws -> Int {
        try await pool.query(statement).one()[0]
    }

    /// Watches a repo.
    func addRepo(_ url: String = "file:///srv/shop.git") async throws -> RepoID {
        try await store.transaction(as: "test") { tx throws(StoreError) in try await tx.addRepo(url: url, refs: []) }
    }

    /// Moves main to a new commit.
    @discardableResult
    func push(_ repo: RepoID, ref: RefName = "refs/heads/main") async throws -> Change {
        let tip = try await store.refTips(repo)[ref]?.commit
        let new = NewChange(
            repo: repo, ref: ref, expected: tip, commit: commit(), isForced: false, message: "Change it\n",
            author: "Ann <ann@example.com>", patch: nil, commits: [])
        let id = try await store.transaction(as: "source") { tx throws(StoreError) in try await tx.recordChange(new) }
        guard let id, let change = try await store.change(id) else { throw FixtureError("the change was not recorded") }
        return change
    }

    /// Delivers a Change whose package files declare these packages.
    @discardableResult
    func deliver(
        _ change: Change, name: RepoName = "shop", environments: [EnvironmentDeclaration] = [.named("prod")],
        packages: [PackageDeclaration] = [], removed: [String] = [], affected: [PackageName]? = nil
    ) async throws -> DeliverySummary {
        let names = affected ?? packages.map(\.name)
        let files = Dictionary(grouping: packages, by: \.path).map { path, packages in
            EvaluatedPackageFile(directory: path, outcome: .declared(packages), loads: packages.flatMap(\.loads))
        }
        return try await deliver(
            Delivery(
                change: change.id, tree: Self.tree(of: change.commit),
                declaration: RepoDeclaration(name: name, environments: environments), evaluated: files,
                removedDirectories: removed,
                affected: Dictionary(uniqueKeysWithValues: names.map { ($0, .directory(path: "\($0)/main.go")) })))
    }

    /// Delivers what is given.
    @discardableResult
    func deliver(_ delivery: Delivery) async throws -> DeliverySummary {
        try await store.transaction(as: "deliver") { tx throws(StoreError) in try await tx.deliver(delivery) }
    }
}
