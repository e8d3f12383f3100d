import Model

/// Where a ref was last seen.
public struct RefTip: Hashable, Sendable {
    /// The commit; nil when the ref was deleted.
    public let commit: CommitID?
    /// The number of the ref's newest Change, 0 for none.
    public let sequence: Int64

    /// Makes a value from its parts.
    public init(commit: CommitID?, sequence: Int64) {
        self.commit = commit
        self.sequence = sequence
    }
}
