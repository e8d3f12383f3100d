/// Asks to register a webhook over its git host's API: a part of the bodies of `POST /api/v1/repos`,
/// `/api/v1/webhooks/secret` and `/api/v1/webhooks/register`.
public struct RegistrationRequest: Sendable, Codable {
    /// A token of the host, used this once; nil for the password or GitHub App that is kept for the repository.
    public var token: String?
    /// The base of the host's API; nil where the repository's URL, or the kept credential, tells.
    public var api: String?
    /// What the host calls the repository; nil where its URL tells.
    public var project: String?

    /// Makes a value from its parts.
    public init(token: String? = nil, api: String? = nil, project: String? = nil) {
        self.token = token
        self.api = api
        self.project = project
    }
}
