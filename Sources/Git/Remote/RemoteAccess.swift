/// How a remote is talked to: who we are, whom we trust, and how much we take.
public struct RemoteAccess: Sendable {
    /// Answers the host's question for credentials.
    public var credentials: CredentialSource
    /// Which ssh hosts are trusted; https hosts are checked by their certificate, see ``GitLibrary``.
    public var hostKeys: HostKeys
    /// Bounds on time and size.
    public var limits: RemoteLimits

    /// Makes a value; by default ssh uses the user's agent and known_hosts.
    public init(
        credentials: CredentialSource = .agent, hostKeys: HostKeys = .system, limits: RemoteLimits = RemoteLimits()
    ) {
        self.credentials = credentials
        self.hostKeys = hostKeys
        self.limits = limits
    }
}
