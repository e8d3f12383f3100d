import Model

/// One path that differs between two trees; a rename is a deletion and an addition.
public struct PathChange: Hashable, Sendable {
    /// How it differs.
    public enum Kind: String, Hashable, Sendable {
        /// Only the new tree has it.
        case added
        /// Only the old tree has it.
        case deleted
        /// Its content or its executable bit differs.
        case modified
        /// It was one of file, symlink and submodule and is now another of them.
        case typeChanged
    }

    /// From the root of the tree, with `/` between names; bytes that are not UTF-8 are replaced.
    public let path: String
    /// How it differs.
    public let kind: Kind
    /// The old tree's entry; nil when added.
    public let old: TreeEntry?
    /// The new tree's entry; nil when deleted.
    public let new: TreeEntry?

    /// Makes a value from its parts.
    public init(path: String, kind: Kind, old: TreeEntry?, new: TreeEntry?) {
        self.path = path
        self.kind = kind
        self.old = old
        self.new = new
    }
}
