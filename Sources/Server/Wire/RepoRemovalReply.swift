import Model

/// The answer to `DELETE /api/v1/repos/ID` with a body: what is left of a repo that is no longer watched.
public struct RepoRemovalReply: Sendable, Codable {
    /// A webhook that a git host may have, whose deliveries are not taken any more.
    public struct Webhook: Sendable, Codable, Equatable {
        /// What hosts the repository.
        public var host: GitHost
        /// Where it delivers.
        public var url: String
        /// The page that lists the repository's webhooks; nil where its URL does not tell.
        public var page: String?
    }

    /// What was the repo's; nil when it had none.
    public var webhook: Webhook?
    /// What the git host said to its removal; nil when it was not to be removed there.
    public var unregistration: WebhookUnregistration?

    /// Makes a value from its parts.
    public init(webhook: Webhook? = nil, unregistration: WebhookUnregistration? = nil) {
        self.webhook = webhook
        self.unregistration = unregistration
    }

    private enum CodingKeys: String, CodingKey {
        case webhook, unregistration
    }

    /// Writes `webhook` as null where there is none.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(webhook, forKey: .webhook)
        try container.encodeIfPresent(unregistration, forKey: .unregistration)
    }
}
