/// The bounds of one work loop.
public struct WorkLoopConfiguration: Sendable {
    /// How many keys are worked on at once, at least 1.
    public var concurrency: Int
    /// How long a lease lasts without being renewed; it is renewed three times in that span.
    public var lease: Duration
    /// The pause between two passes over everything; the first comes at the start.
    public var resyncInterval: Duration
    /// No wait for news is longer, in case a notification was lost.
    public var pollInterval: Duration
    /// The pauses after failures.
    public var backoff: Backoff

    /// Makes a value from its parts.
    public init(
        concurrency: Int = 4, lease: Duration = .seconds(20), resyncInterval: Duration = .seconds(300),
        pollInterval: Duration = .seconds(5), backoff: Backoff = Backoff()
    ) {
        self.concurrency = concurrency
        self.lease = lease
        self.resyncInterval = resyncInterval
        self.pollInterval = pollInterval
        self.backoff = backoff
    }
}
