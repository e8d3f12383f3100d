import Model

/// What `ctx.commit` shows.
public struct CommitFacts: Sendable {
    /// The commit's message.
    public var message: String
    /// The Change's ref.
    public var ref: RefName
    /// The commit.
    public var hash: CommitID
    /// The uncommitted patch on top; nil for a clean Change.
    public var patch: ChangePatch?

    /// Makes a value from its parts.
    public init(message: String, ref: RefName, hash: CommitID, patch: ChangePatch? = nil) {
        self.message = message
        self.ref = ref
        self.hash = hash
        self.patch = patch
    }

    /// The commit of a Run's source.
    public init(source: RunSpec.Source) {
        self.init(message: source.message, ref: source.ref, hash: source.commit, patch: source.patch)
    }
}
