/// A key pair for an S3 server; printing it shows no secret.
public struct S3Credentials: Sendable, Hashable, CustomStringConvertible {
    /// As in AWS_ACCESS_KEY_ID.
    public let accessKeyID: String
    /// As in AWS_SECRET_ACCESS_KEY.
    public let secretAccessKey: String
    /// As in AWS_SESSION_TOKEN, for temporary credentials.
    public let sessionToken: String?

    /// Makes credentials; the environment is the caller's business.
    public init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }

    /// The key's public half.
    public var description: String { "S3 credentials of \(accessKeyID)" }
}
