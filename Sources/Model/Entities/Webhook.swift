import Foundation

/// Where a git host tells of pushes to one repo; its secret is kept apart and shown once only.
public struct Webhook: Hashable, Sendable, Codable {
    /// The repo, which has at most one webhook.
    public var repo: RepoID
    /// By whose rules deliveries are signed and read.
    public var host: GitHost
    /// When it was made.
    public var createdAt: Date
    /// When its secret was replaced last; nil if never.
    public var rotatedAt: Date?
    /// Until when the former secret is taken as well; nil when only the present one is.
    public var formerUntil: Date?
    /// How many deliveries were refused since it was made.
    public var refusedCount: Int64
    /// When one was refused last.
    public var refusedAt: Date?
    /// Why the last one was.
    public var refusal: String?

    /// Makes a value from its parts.
    public init(
        repo: RepoID, host: GitHost, createdAt: Date, rotatedAt: Date?, formerUntil: Date?, refusedCount: Int64,
        refusedAt: Date?, refusal: String?
    ) {
        self.repo = repo
        self.host = host
        self.createdAt = createdAt
        self.rotatedAt = rotatedAt
        self.formerUntil = formerUntil
        self.refusedCount = refusedCount
        self.refusedAt = refusedAt
        self.refusal = refusal
    }
}
