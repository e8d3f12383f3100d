/// The server's answer when a runner takes a Run: its spec, and the credential for all that follows.
public struct RunStart: Sendable, Codable {
    /// What to execute.
    public var spec: RunSpec
    /// The bearer token for heartbeats, log and result of this attempt; the start token is used up.
    public var leaseToken: String

    /// Makes a value from its parts.
    public init(spec: RunSpec, leaseToken: String) {
        self.spec = spec
        self.leaseToken = leaseToken
    }
}
