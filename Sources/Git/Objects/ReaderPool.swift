import Model
import Synchronization

/// A fixed number of readers of one repository, so that several tasks read at the same time.
public final class ReaderPool: Sendable {
    private let readers: [Reader]
    private let queue: ReaderQueue
    private let generation = Mutex(0)

    /// Makes a pool; each reader opens the repository at its first use.
    ///
    /// - Parameters:
    ///   - path: a bare repository, such as ``Mirror/path``.
    ///   - count: how many tasks read at the same time; the others wait in order. At least one.
    public init(path: String, count: Int = 4) {
        let trees = TreeCache()
        readers = (0..<max(1, count)).map { _ in Reader(path: path, trees: trees) }
        queue = ReaderQueue(count: readers.count)
    }

    /// Lends the object database to `body` on the thread of a reader that is free.
    ///
    /// - Throws: what ``Reader/read(_:)`` throws; `CancellationError` if cancelled before a reader was free.
    public func read<Value: Sendable>(_ body: @Sendable (Objects) throws -> Value) async throws -> Value {
        let position = await queue.take()
        do {
            try Task.checkCancellation()
            let value = try await readers[position].read(in: generation.withLock { $0 }, body)
            await queue.give(position)
            return value
        } catch {
            await queue.give(position)
            throw error
        }
    }

    /// Has every reader open the repository anew at its next read, after it was replaced on disk.
    public func reopen() {
        generation.withLock { $0 += 1 }
    }
}
