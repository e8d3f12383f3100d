/// The answer to `POST /api/v1/credentials/host-key`: the key that an ssh host shows, which nobody trusts yet.
public struct HostKeyReport: Sendable, Codable {
    /// Its kind, such as `ssh-ed25519`.
    public var type: String
    /// `SHA256:` and the digest, to be compared with what the host's operator publishes.
    public var fingerprint: String
    /// The line of known_hosts that trusts it.
    public var knownHosts: String

    /// Makes a value from its parts.
    public init(type: String, fingerprint: String, knownHosts: String) {
        self.type = type
        self.fingerprint = fingerprint
        self.knownHosts = knownHosts
    }
}
