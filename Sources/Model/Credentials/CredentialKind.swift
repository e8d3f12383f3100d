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

    /// The schemes of the URLs that it can be for.
    public var schemes: Set<String> {
        switch self {
        case .password, .proxy: ["http", "https"]
        case .clientCertificate: ["https"]
        case .sshKey, .knownHosts: ["ssh"]
        }
    }
}
