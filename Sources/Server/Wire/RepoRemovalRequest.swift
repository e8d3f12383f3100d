/// The body of `DELETE /api/v1/repos/ID`, which may be left out.
public struct RepoRemovalRequest: Sendable, Codable {
    /// How the repo's webhook is taken away at its git host; nil leaves it there.
    public var unregister: RegistrationRequest?

    /// Makes a value from its parts.
    public init(unregister: RegistrationRequest? = nil) {
        self.unregister = unregister
    }
}
