import Foundation

/// A watched git repository.
public struct Repo: Identified, Sendable, Codable {
    /// Repo ids begin with `o`.
    public static let idPrefix = "o"

    /// The row's id.
    public let id: RepoID
    /// Where it is fetched from, as it was registered; may hold a password.
    public let url: String
    /// The id that repo.ocu.star declares; nil until it has been read once.
    public let name: RepoName?
    /// The refs that are delivered; empty means the branch that the remote's HEAD names.
    public let refs: [RefPattern]
    /// Why the repo cannot be delivered right now (unreachable, no repo.ocu.star, an error in it); nil when all is well.
    public let error: String?
    /// When its refs were last read from the remote, whether that succeeded or not.
    public let lookedAt: Date?

    /// Makes a value from its parts.
    public init(id: RepoID, url: String, name: RepoName?, refs: [RefPattern], error: String?, lookedAt: Date?) {
        self.id = id
        self.url = url
        self.name = name
        self.refs = refs
        self.error = error
        self.lookedAt = lookedAt
    }

    /// The repo as it may be shown to people and scripts: its URL without a password.
    public var withoutPassword: Repo {
        Repo(
            id: id, url: RepoURL.withoutPassword(url), name: name, refs: refs, error: error, lookedAt: lookedAt)
    }

    /// The declared name or, before it is known, the URL without its scheme, user and trailing `.git`.
    public var displayName: RepoName { name ?? RepoURL.displayName(url) }
}
