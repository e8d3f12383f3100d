import Model

/// The tree and directory that a Build was made from.
public struct RecordedBuild: Hashable, Sendable {
    /// The Build.
    public let id: BuildID
    /// The Change that it was made from.
    public let change: ChangeID
    /// The tree that it was made from.
    public let tree: TreeID
    /// The package's directory in that tree.
    public let path: String

    /// Makes a value from its parts.
    public init(id: BuildID, change: ChangeID, tree: TreeID, path: String) {
        self.id = id
        self.change = change
        self.tree = tree
        self.path = path
    }
}
