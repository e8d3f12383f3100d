import Model

/// The body of `POST /api/v1/changes`: what `ocuroot deliver` sends.
public struct ChangeRequest: Sendable, Codable {
    /// The repo's id, name or URL.
    public var repo: String
    /// The ref that it counts as a move of.
    public var ref: RefName
    /// The commit.
    public var commit: CommitID
    /// What it does; the commit's message by default.
    public var message: String?
    /// Who made it, `Name <address>`.
    public var author: String?
    /// An uncommitted patch on top of the commit, as `git diff --binary` writes it, in Base64.
    public var patch: String?
    /// What the patch does; a summary by default.
    public var patchDescription: String?

    /// Makes a value from its parts.
    public init(
        repo: String, ref: RefName, commit: CommitID, message: String? = nil, author: String? = nil,
        patch: String? = nil, patchDescription: String? = nil
    ) {
        self.repo = repo
        self.ref = ref
        self.commit = commit
        self.message = message
        self.author = author
        self.patch = patch
        self.patchDescription = patchDescription
    }
}
