import ControllerRuntime

/// How long, how often and how far apart somebody is tried to be told something.
public struct SendPolicy: Sendable {
    /// What fails for longer is given up.
    public var lifetime: Duration
    /// The pauses between attempts; a receiver that asks for more is given it.
    public var backoff: Backoff
    /// How long one request may take; shorter than a lease.
    public var timeout: Duration

    /// Makes a policy.
    public init(
        lifetime: Duration = .seconds(86_400), backoff: Backoff = .init(first: .seconds(5), longest: .seconds(3600)),
        timeout: Duration = .seconds(10)
    ) {
        self.lifetime = lifetime
        self.backoff = backoff
        self.timeout = timeout
    }
}
