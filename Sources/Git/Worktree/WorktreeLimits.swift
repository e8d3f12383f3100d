/// Bounds on what a checkout may write.
public struct WorktreeLimits: Hashable, Sendable {
    /// How many files and symlinks.
    public var filesMax: Int
    /// The size of one file.
    public var fileBytesMax: Int
    /// The size of all files that are written together.
    public var bytesMax: Int

    /// Makes bounds.
    public init(filesMax: Int = 2_000_000, fileBytesMax: Int = 1 << 30, bytesMax: Int = 64 << 30) {
        self.filesMax = filesMax
        self.fileBytesMax = fileBytesMax
        self.bytesMax = bytesMax
    }
}
