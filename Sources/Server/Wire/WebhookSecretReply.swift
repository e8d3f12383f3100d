import Model

/// A webhook with its secret: what to enter at the git host.
///
/// Handed out only when the secret is made.
public struct WebhookSecretReply: Sendable, Codable {
    /// The repo.
    public var repo: RepoID
    /// By whose rules deliveries are signed.
    public var host: GitHost
    /// The webhook's address.
    public var url: String
    /// The secret; shown this once.
    public var secret: String
    /// What the host said to it; nil when it was not asked, and when this is a part of another answer.
    public var registration: WebhookRegistration?

    /// Makes a value from its parts.
    public init(repo: RepoID, host: GitHost, url: String, secret: Secret) {
        self.repo = repo
        self.host = host
        self.url = url
        self.secret = secret.text
    }
}
