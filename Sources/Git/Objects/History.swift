import Model

/// The commits that a move of a ref brought.
public struct History: Hashable, Sendable {
    /// What is reachable from the new tip and not from the old one, parents before children.
    public let commits: [Commit]
    /// Whether older commits were left out because of the bound.
    public let isTruncated: Bool
    /// Whether the old tip is not part of the new tip's history: a force-push, a reset or an unrelated history.
    public let isRewritten: Bool
    /// The newest commit that both tips share; nil without an old tip or a shared history.
    public let mergeBase: CommitID?
}
