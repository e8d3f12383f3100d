import Foundation

/// Somebody outside who is told what happens: a git host's commits, a chat, a program.
public struct NoticeTarget: Identified, Sendable, Codable {
    /// Target ids begin with `nt`.
    public static let idPrefix = "nt"

    /// The row's id.
    public let id: NoticeTargetID
    /// By whose rules it is told.
    public let kind: Kind
    /// Whose events it is told; nil for those of every repo.
    public let repo: RepoID?
    /// What the repo is called; nil when it is told of every repo.
    public let repoName: RepoName?
    /// The address as it may be shown: of a git host the base of its API, else without what may be a secret.
    public let address: String
    /// What the git host calls the repo, such as `acme/shop`; nil for chats and programs.
    public let project: String?
    /// The kinds of events it is told, such as `deployment.failed` or `build.*`; empty for git hosts.
    public let on: [String]
    /// Only packages whose name fits, with `*` and `?`; nil for all.
    public let package: String?
    /// Only environments whose name fits; nil for all.
    ///
    /// What concerns no environment is told all the same.
    public let environment: String?
    /// Who added it.
    public let createdBy: String
    /// When.
    public let createdAt: Date
    /// Nothing is sent before this time, after failures; nil when nothing failed last.
    public let pausedUntil: Date?
    /// Why the last attempt failed; nil when it did not.
    public let error: String?
    /// How many notifications wait to be sent.
    public let pending: Int
    /// How many were given up.
    public let dead: Int

    /// Makes a value from its parts.
    public init(
        id: NoticeTargetID, kind: Kind, repo: RepoID?, repoName: RepoName?, address: String, project: String?,
        on: [String], package: String?, environment: String?, createdBy: String, createdAt: Date,
        pausedUntil: Date? = nil, error: String? = nil, pending: Int = 0, dead: Int = 0
    ) {
        self.id = id
        self.kind = kind
        self.repo = repo
        self.repoName = repoName
        self.address = address
        self.project = project
        self.on = on
        self.package = package
        self.environment = environment
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.pausedUntil = pausedUntil
        self.error = error
        self.pending = pending
        self.dead = dead
    }
}
