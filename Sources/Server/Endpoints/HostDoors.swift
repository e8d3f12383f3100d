import Model

/// What the server has others do at git hosts.
///
/// It may not import an HTTP client, so the composition root passes these in.
public struct HostDoors: Sendable {
    /// The credentials with which a runner reads a repository, a GitHub App's as a token that may do nothing else.
    ///
    /// - Throws: a ``Problem`` when a token cannot be got; what the Store throws.
    public var runnerCredentials: @Sendable (_ url: String) async throws -> [CredentialForm]
    /// Registers a webhook; why it cannot be is in the answer.
    public var register: @Sendable (_ order: WebhookOrder) async -> WebhookRegistration
    /// Takes a webhook away; why it cannot be is in the answer.
    public var unregister: @Sendable (_ removal: WebhookRemoval) async -> WebhookUnregistration

    /// Makes a value from its parts.
    public init(
        runnerCredentials: @escaping @Sendable (_ url: String) async throws -> [CredentialForm],
        register: @escaping @Sendable (_ order: WebhookOrder) async -> WebhookRegistration,
        unregister: @escaping @Sendable (_ removal: WebhookRemoval) async -> WebhookUnregistration
    ) {
        self.runnerCredentials = runnerCredentials
        self.register = register
        self.unregister = unregister
    }
}
