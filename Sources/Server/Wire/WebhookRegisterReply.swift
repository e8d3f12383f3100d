import Model

/// The answer to `POST /api/v1/webhooks/register`.
public struct WebhookRegisterReply: Sendable, Codable {
    /// The repo.
    public var repo: RepoID
    /// By whose rules deliveries are signed.
    public var host: GitHost
    /// The webhook's address.
    public var url: String
    /// The webhook's secret if it was made just now, shown this once; nil for one that there was.
    public var secret: String?
    /// What the host said.
    public var registration: WebhookRegistration

    /// Makes a value from its parts.
    public init(repo: RepoID, host: GitHost, url: String, secret: Secret?, registration: WebhookRegistration) {
        self.repo = repo
        self.host = host
        self.url = url
        self.secret = secret?.text
        self.registration = registration
    }
}
