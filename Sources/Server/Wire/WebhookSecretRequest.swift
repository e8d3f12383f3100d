import Model

/// The body of `POST /api/v1/webhooks/secret`.
public struct WebhookSecretRequest: Sendable, Codable {
    /// The repo's id, name or URL.
    public var repo: String
    /// What hosts it; nil: what did so far, else what its URL shows, else `generic`.
    public var host: GitHost?
    /// For how many seconds the former secret is still taken; nil: a day.
    public var formerSeconds: Int?
    /// Whether, and as whom, the host is told of the secret; nil: a person enters it.
    public var register: RegistrationRequest?

    /// Makes a value from its parts.
    public init(
        repo: String, host: GitHost? = nil, formerSeconds: Int? = nil, register: RegistrationRequest? = nil
    ) {
        self.repo = repo
        self.host = host
        self.formerSeconds = formerSeconds
        self.register = register
    }
}
