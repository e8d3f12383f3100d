import Model

/// The answer to `GET /api/v1/credentials`, without secrets.
public struct CredentialList: Sendable, Codable {
    /// By prefix and kind.
    public var credentials: [StoredCredential]

    /// Makes a value from its parts.
    public init(credentials: [StoredCredential]) {
        self.credentials = credentials
    }
}
