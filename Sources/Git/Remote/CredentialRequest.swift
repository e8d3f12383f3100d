/// A git host's question for credentials.
public struct CredentialRequest: Sendable {
    /// The repository.
    public let url: RemoteURL
    /// The user that the URL names; nil if it names none.
    public let user: String?
    /// Whether ``Credential/password(user:secret:)`` would be taken.
    public let takesPassword: Bool
    /// Whether a key, by agent or by file, would be taken.
    public let takesKey: Bool
    /// 1 at the first question; more mean that the answers before were refused.
    public let attempt: Int
}
