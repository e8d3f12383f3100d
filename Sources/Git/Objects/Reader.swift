import Blocking
import Model

/// Reads one repository from a thread of its own. Open as many on one path as are to read at the same time.
///
///     let files = try await reader.read { objects in
///         try objects.files(named: "package.ocu.star", in: objects.commit(id).tree)
///     }
///
/// What another process or a ``Mirror`` fetches is seen without reopening.
public actor Reader {
    /// The repository's directory.
    public nonisolated let path: String
    private nonisolated let executor: BlockingExecutor
    private let trees: TreeCache
    private var objects: Objects?
    private var packs: PackFiles
    private var generation = 0

    /// Runs everything on this actor's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a reader; the repository is opened at the first read.
    ///
    /// - Parameters:
    ///   - path: a bare repository, such as ``Mirror/path``, or a `.git` directory.
    ///   - trees: share one between all readers of a repository.
    public init(path: String, trees: TreeCache = TreeCache()) {
        self.path = path
        self.trees = trees
        packs = PackFiles(repository: path)
        executor = BlockingExecutor(label: "ocuroot.git.reader")
    }

    /// Lends the object database to `body`, on this actor's thread.
    ///
    /// After an error that may come from damage the next read opens the repository anew.
    ///
    /// - Throws: `repositoryNotFound`, `ownership`, `corrupted`, `unsupportedFormat`, and what `body` throws.
    public func read<Value: Sendable>(_ body: @Sendable (Objects) throws -> Value) throws -> Value {
        do {
            try packs.checkSizes()
            return try body(opened())
        } catch {
            if (error as? GitError)?.mayBeDamage == true { close() }
            throw error
        }
    }

    /// As ``read(_:)``, with the repository opened anew if it was opened in another generation.
    func read<Value: Sendable>(in generation: Int, _ body: @Sendable (Objects) throws -> Value) throws -> Value {
        if self.generation != generation { close() }
        self.generation = generation
        return try read(body)
    }

    private func close() {
        objects = nil
        packs = PackFiles(repository: path)
    }

    private func opened() throws(GitError) -> Objects {
        if let objects { return objects }
        let new = try Objects(bare: path, trees: trees)
        objects = new
        return new
    }
}
