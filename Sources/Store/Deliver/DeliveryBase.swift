import Model

/// What Deliver compares a Change with: the state in which it last left the repo.
public struct DeliveryBase: Sendable {
    /// The newest delivered Change; nil before the first.
    public let change: ChangeID?
    /// Its commit.
    public let commit: CommitID?
    /// Its tree.
    public let tree: TreeID?
    /// The name that the repo declares; nil before the first delivery.
    public let name: RepoName?

    /// Makes a value from its parts.
    public init(change: ChangeID?, commit: CommitID?, tree: TreeID?, name: RepoName?) {
        self.change = change
        self.commit = commit
        self.tree = tree
        self.name = name
    }
}
