import Model

/// The answer to `POST /api/v1/credentials/test`.
public struct RemoteReport: Sendable, Codable {
    /// The remote, without a password.
    public var url: String
    /// Whether its refs could be read.
    public var isReadable: Bool
    /// Why not; nil when they could.
    public var error: String?
    /// The credentials that were used.
    public var credentials: [StoredCredential]

    /// Makes a value from its parts.
    public init(url: String, isReadable: Bool, error: String?, credentials: [StoredCredential]) {
        self.url = url
        self.isReadable = isReadable
        self.error = error
        self.credentials = credentials
    }
}
