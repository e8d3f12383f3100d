/// Answers a git host's question for credentials.
public struct CredentialSource: Sendable {
    /// The host asks again after a refusal; after this many questions the operation fails.
    static let attemptsMax = 4

    private let ask: @Sendable (CredentialRequest) -> Credential?

    /// Makes a source from a function that is called on the mirror's own thread and may block; nil gives up.
    public init(_ ask: @escaping @Sendable (CredentialRequest) -> Credential?) {
        self.ask = ask
    }

    /// Has no credentials.
    public static let none = CredentialSource { _ in nil }

    /// Answers ssh hosts with the keys of the user's agent, once, as the URL's user or `git`.
    public static let agent = CredentialSource { request in
        guard request.takesKey, request.attempt == 1 else { return nil }
        return .agent(user: request.user ?? "git")
    }

    func credential(for request: CredentialRequest) -> Credential? {
        guard request.attempt <= Self.attemptsMax else { return nil }
        return ask(request)
    }
}
