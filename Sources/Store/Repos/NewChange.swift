import Model

/// A Change to be recorded.
public struct NewChange: Sendable {
    /// The repo that was pushed to.
    public var repo: RepoID
    /// The ref that moved.
    public var ref: RefName
    /// Where the ref was last seen, nil for nowhere; the Change is not recorded when that is no longer true.
    ///
    /// Ignored for a Change with a patch, which does not move the ref.
    public var expected: CommitID?
    /// The ref's new tip, or the commit that the patch lies on.
    public var commit: CommitID
    /// Whether `expected` is not an ancestor of `commit`.
    public var isForced: Bool
    /// The commit's message.
    public var message: String
    /// The commit's author, `Name <address>`.
    public var author: String
    /// The uncommitted patch on top; nil for a push.
    public var patch: ChangePatch?
    /// The commits that the push brought, the oldest first.
    public var commits: [ChangeCommit]
    /// Whether it is delivered also when its tip says `Ocuroot-Skip`: a person asked for it.
    public var ignoresSkip: Bool

    /// Makes a value from its parts.
    public init(
        repo: RepoID, ref: RefName, expected: CommitID?, commit: CommitID, isForced: Bool, message: String,
        author: String, patch: ChangePatch?, commits: [ChangeCommit], ignoresSkip: Bool = false
    ) {
        self.repo = repo
        self.ref = ref
        self.expected = expected
        self.commit = commit
        self.isForced = isForced
        self.message = message
        self.author = author
        self.patch = patch
        self.commits = commits
        self.ignoresSkip = ignoresSkip
    }

    /// Why nothing of it is delivered, perhaps empty; nil when it is.
    var skipReason: String? {
        guard !ignoresSkip, patch == nil else { return nil }
        return commits.last { $0.commit == commit }.flatMap(SteeringTrailer.skipReason(of:))
    }
}
