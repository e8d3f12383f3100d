import Model

/// The body of `POST /api/v1/credentials`.
public struct CredentialsRequest: Sendable, Codable {
    /// The URL of a host, of a group of repositories, or of one.
    public var prefix: String
    /// At most one of each kind; each takes the place of the one of its kind that the prefix has.
    public var credentials: [CredentialForm]

    /// Makes a value from its parts.
    public init(prefix: String, credentials: [CredentialForm]) {
        self.prefix = prefix
        self.credentials = credentials
    }
}
