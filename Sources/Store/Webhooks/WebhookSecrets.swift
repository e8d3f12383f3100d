import Model

/// What the deliveries of a webhook are held against.
public struct WebhookSecrets: Sendable {
    /// By whose rules they are signed.
    public let host: GitHost
    /// The present secret and, for a while after it was replaced, the former one.
    public let secrets: [Secret]
    /// Whether the repo is still watched.
    public let isWatched: Bool
}
