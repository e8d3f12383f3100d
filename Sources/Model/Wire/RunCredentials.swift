/// The answer to `GET /api/v1/runs/ID/credentials`: what a runner reads the Run's repository with.
public struct RunCredentials: Sendable, Codable {
    /// At most one of each kind.
    public var credentials: [CredentialForm]

    /// Makes a value from its parts.
    public init(credentials: [CredentialForm]) {
        self.credentials = credentials
    }
}
