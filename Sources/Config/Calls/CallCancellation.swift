import Starlark

/// Stops a function of the config from another thread.
///
/// The function notices within a few thousand steps, or when the host effect that it waits in returns.
public struct CallCancellation: Sendable {
    /// The signal as Starlark knows it.
    public let signal = Cancellation()

    /// A signal that is not given yet.
    public init() {}

    /// Gives the signal; it cannot be taken back.
    public func cancel() { signal.cancel() }

    /// Whether the signal was given.
    public var isCanceled: Bool { signal.isCancelled }
}
