import Model

/// A blob at its path in a tree.
public struct TreeFile: Hashable, Sendable {
    /// From the root of the tree, with `/` between names; bytes that are not UTF-8 are replaced.
    public let path: String
    /// A file, an executable or a symlink.
    public let kind: TreeEntry.Kind
    /// The content's id: equal ids are equal contents.
    public let blob: BlobID

    /// Makes a value from its parts.
    public init(path: String, kind: TreeEntry.Kind, blob: BlobID) {
        self.path = path
        self.kind = kind
        self.blob = blob
    }
}
