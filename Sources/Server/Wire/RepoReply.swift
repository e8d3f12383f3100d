import Model

/// The answer to `POST /api/v1/repos`: the repo's own fields, its id as `repo`, and the webhook that was made for it.
public struct RepoReply: Sendable, Codable {
    /// The repo.
    public var added: Repo
    /// What to enter at the git host; nil when the server has no master key to keep a secret under.
    public var webhook: WebhookSecretReply?
    /// What the git host said to the webhook; nil when it was not to be registered.
    public var registration: WebhookRegistration?

    private enum CodingKeys: String, CodingKey {
        case repo, webhook, registration
    }

    /// Makes a value from its parts.
    public init(added: Repo, webhook: WebhookSecretReply?, registration: WebhookRegistration? = nil) {
        self.added = added
        self.webhook = webhook
        self.registration = registration
    }

    /// Reads what ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        added = try Repo(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        webhook = try container.decodeIfPresent(WebhookSecretReply.self, forKey: .webhook)
        registration = try container.decodeIfPresent(WebhookRegistration.self, forKey: .registration)
    }

    /// Writes `webhook` as null where there is none.
    public func encode(to encoder: any Encoder) throws {
        try added.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(added.id, forKey: .repo)
        try container.encode(webhook, forKey: .webhook)
        try container.encodeIfPresent(registration, forKey: .registration)
    }
}
