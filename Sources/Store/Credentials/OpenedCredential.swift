import Model

/// A credential with its secrets, for the one who is about to use it.
public struct OpenedCredential: Sendable {
    /// What may be seen of it.
    public let stored: StoredCredential
    /// All of it.
    public let form: CredentialForm
}
