/// What a stored credential is.
public enum CredentialKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// A user with a password or token, for http and https.
    case password
    /// A private key, for ssh.
    case sshKey = "ssh-key"
    /// The keys of ssh hosts that are trusted.
    case knownHosts = "known-hosts"
    /// A certificate with its key, for https.
    case clientCertificate = "client-certificate"
    /// Through whom http and https hosts are reached.
    case proxy
    /// A GitHub App with its private key, for http and https: who we are to GitHub, its API included.
    case gitHubApp = "github-app"

    /// The schemes of the URLs that it can be for.
    public var schemes: Set<String> {
        switch self {
        case .password, .proxy, .gitHubApp: ["http", "https"]
        case .clientCertificate: ["https"]
        case .sshKey, .knownHosts: ["ssh"]
        }
    }

    /// Whether it tells a host over http or https who we are, of which only one is used.
    public var isIdentity: Bool { self == .password || self == .gitHubApp }
}
