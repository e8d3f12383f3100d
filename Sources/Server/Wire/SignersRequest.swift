/// The body of `POST /api/v1/signers`.
public struct SignersRequest: Sendable, Codable {
    /// The environment, or a pattern of environments.
    public var environment: String
    /// A file of allowed signers, as ssh-keygen(1) describes it.
    public var text: String
    /// Who asks; `api` unless given.
    public var by: String?

    /// Makes a value from its parts.
    public init(environment: String, text: String, by: String? = nil) {
        self.environment = environment
        self.text = text
        self.by = by
    }
}
