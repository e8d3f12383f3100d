/// How a remote is talked to: who we are, whom we trust, and how much we take.
public struct RemoteAccess: Sendable {
    /// Answers the host's question for credentials; http and https hosts are given them unasked.
    public var credentials: CredentialSource
    /// Which ssh hosts are trusted.
    public var hostKeys: HostKeys
    /// The certificate authorities that https hosts are trusted by, as the path of a PEM file; nil for the system's.
    public var authoritiesFile: String?
    /// The user of an ssh URL that names none.
    public var sshUser: String
    /// Shown to https hosts; nil for none.
    public var clientCertificate: ClientCertificate?
    /// Through whom http and https hosts are reached; nil for nobody, whatever the environment says.
    public var proxy: RemoteProxy?
    /// Gets another password when an http or https host does not take this one; nil when there is no other.
    public var renewal: AccessRenewal?
    /// Bounds on time and size.
    public var limits: RemoteLimits

    /// Makes a value; by default ssh uses the user's agent and known_hosts.
    public init(
        credentials: CredentialSource = .agent, hostKeys: HostKeys = .system, authoritiesFile: String? = nil,
        sshUser: String = "git", clientCertificate: ClientCertificate? = nil, proxy: RemoteProxy? = nil,
        limits: RemoteLimits = RemoteLimits()
    ) {
        self.credentials = credentials
        self.hostKeys = hostKeys
        self.authoritiesFile = authoritiesFile
        self.sshUser = sshUser
        self.clientCertificate = clientCertificate
        self.proxy = proxy
        self.limits = limits
    }
}
