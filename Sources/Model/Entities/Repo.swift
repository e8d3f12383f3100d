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
    /// The branch that the remote's HEAD named at the last look, `refs/heads/main` where it named none.
    public let defaultRef: RefName?
    /// Which branches get an environment of their own; nil for none.
    public let preview: PreviewRule?
    /// The branches that have one.
    public let previews: [Preview]
    /// What it is a preview of; nil for a repo that people added.
    public let origin: PreviewOrigin?

    /// Makes a value from its parts.
    public init(
        id: RepoID, url: String, name: RepoName?, refs: [RefPattern], error: String?, lookedAt: Date?,
        defaultRef: RefName? = nil, preview: PreviewRule? = nil, previews: [Preview] = [], origin: PreviewOrigin? = nil
    ) {
        self.id = id
        self.url = url
        self.name = name
        self.refs = refs
        self.error = error
        self.lookedAt = lookedAt
        self.defaultRef = defaultRef
        self.preview = preview
        self.previews = previews
        self.origin = origin
    }

    /// The repo as it may be shown to people and scripts: its URL without a password.
    public var withoutPassword: Repo {
        Repo(
            id: id, url: RepoURL.withoutPassword(url), name: name, refs: refs, error: error, lookedAt: lookedAt,
            defaultRef: defaultRef, preview: preview, previews: previews, origin: origin)
    }

    /// The repo whose mirror holds its commits: its own, but for a preview.
    public var mirror: RepoID { origin?.repo ?? id }

    /// The declared name or, before it is known, the URL without its scheme, user and trailing `.git`.
    public var displayName: RepoName { name ?? RepoURL.displayName(url) }
}
