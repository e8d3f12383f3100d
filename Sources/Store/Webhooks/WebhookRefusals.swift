import Model

/// How many deliveries to a webhook were refused since that was last noted.
public struct WebhookRefusals: Sendable {
    /// The repo.
    public let repo: RepoID
    /// How many.
    public let count: Int64
    /// Why the last one was.
    public let reason: String

    /// Makes a value from its parts.
    public init(repo: RepoID, count: Int64, reason: String) {
        self.repo = repo
        self.count = count
        self.reason = reason
    }
}
