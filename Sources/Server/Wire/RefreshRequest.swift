/// The body of `POST /api/v1/refresh`.
public struct RefreshRequest: Sendable, Codable {
    /// One repo's id, name or URL; nil means all.
    public var repo: String?

    /// Makes a value from its parts.
    public init(repo: String? = nil) {
        self.repo = repo
    }
}
