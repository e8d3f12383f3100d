import Dispatch

/// A serial executor on a thread of its own, for an actor that owns a C handle whose calls block.
///
/// Swift's cooperative pool has one thread per core and must never wait in a system call, so each actor that wraps
/// a blocking library (libpq, libgit2, libcurl) names one of these as its `unownedExecutor`. Calls on one executor
/// never overlap, which is also what makes a C handle that is not thread-safe safe to use.
public final class BlockingExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// Makes an executor.
    ///
    /// - Parameter label: shown by debuggers and in crash reports as the name of the queue.
    public init(label: String) {
        queue = DispatchQueue(label: label)
    }

    /// Runs `job` after all that were enqueued before it.
    public func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        queue.async { unowned.runSynchronously(on: executor) }
    }

    /// Traps unless the caller runs on this executor.
    public func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
