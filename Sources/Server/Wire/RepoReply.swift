import Model

/// The answer to `POST /api/v1/repos`: the repo's own fields, its id as `repo`, and the webhook that was made for it.
public struct RepoReply: Sendable, Codable {
    /// The repo.
    public var added: Repo
    /// What to enter at the git host; nil when the server has no master key to keep a secret under.
    public var webhook: WebhookSecretReply?

    private enum CodingKeys: String, CodingKey {
        case repo, webhook
    }

    /// Makes a value from its parts.
    public init(added: Repo, webhook: WebhookSecretReply?) {
        self.added = added
        self.webhook = webhook
    }

    /// Reads what ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        added = try Repo(from: decoder)
        webhook = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(
            WebhookSecretReply.self, forKey: .webhook)
    }

    /// Writes `webhook` as null where there is none.
    public func encode(to encoder: any Encoder) throws {
        try added.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(added.id, forKey: .repo)
        try container.encode(webhook, forKey: .webhook)
    }
}
