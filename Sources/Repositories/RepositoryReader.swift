import Git
import Model

/// Reads the object database of one repo; what is missing there or damaged is brought first, once.
public struct RepositoryReader: Sendable {
    private let pool: ReaderPool
    private let mirror: Mirror?
    private let commits: [CommitID]

    /// Makes a reader of a repository that nobody repairs.
    public init(_ pool: ReaderPool) {
        self.pool = pool
        mirror = nil
        commits = []
    }

    /// Makes a reader of a mirror's repository.
    ///
    /// - Parameter commits: what is going to be read, fetched when it is not there.
    init(_ pool: ReaderPool, mirror: Mirror, commits: [CommitID]) {
        self.pool = pool
        self.mirror = mirror
        self.commits = commits
    }

    /// Lends the object database to `body`, which is called again after a repair.
    ///
    /// - Throws: what `body` throws; what ``Git/Mirror/repair(after:needing:)`` throws.
    public func read<Value: Sendable>(_ body: @Sendable (Objects) throws -> Value) async throws -> Value {
        do {
            return try await pool.read(body)
        } catch let error as GitError {
            guard error.mayBeDamage, let mirror else { throw error }
            try await mirror.repair(after: error, needing: commits)
            pool.reopen()
            return try await pool.read(body)
        }
    }
}
