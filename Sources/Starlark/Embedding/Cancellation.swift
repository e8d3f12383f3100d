import Synchronization

/// Stops evaluations from another thread.
///
/// Once cancelled it stays so.
public final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)

    /// A signal that is not given yet.
    public init() {}

    /// Makes every evaluation that was given this signal fail with `.cancelled` within a few thousand steps.
    ///
    /// An evaluation inside a host function notices when that returns.
    public func cancel() { flag.store(true, ordering: .relaxed) }

    /// Whether `cancel()` was called.
    public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
