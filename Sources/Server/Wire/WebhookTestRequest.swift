/// The body of `POST /api/v1/webhooks/test`.
public struct WebhookTestRequest: Sendable, Codable {
    /// The repo's id, name or URL.
    public var repo: String

    /// Makes a value from its parts.
    public init(repo: String) {
        self.repo = repo
    }
}
