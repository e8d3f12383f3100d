/// The body of `POST /api/v1/sync`.
public struct SyncRequest: Sendable, Codable {
    /// Only this repo's placements; nil means all.
    public var repo: String?
    /// Only this package's; nil means all.
    public var package: String?
    /// Only those in this environment; nil means all.
    public var environment: String?
    /// Whether what failed for good is tried again.
    public var retry: Bool

    /// Makes a value from its parts.
    public init(repo: String? = nil, package: String? = nil, environment: String? = nil, retry: Bool) {
        self.repo = repo
        self.package = package
        self.environment = environment
        self.retry = retry
    }
}
