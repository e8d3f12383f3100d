import Model

/// The body of `POST /api/v1/webhooks/register`.
public struct WebhookRegisterRequest: Sendable, Codable {
    /// The repo's id, name or URL.
    public var repo: String
    /// What hosts it; nil: what did so far, else what its URL shows.
    public var host: GitHost?
    /// As whom, and where.
    public var register: RegistrationRequest

    /// Makes a value from its parts.
    public init(repo: String, host: GitHost? = nil, register: RegistrationRequest) {
        self.repo = repo
        self.host = host
        self.register = register
    }
}
