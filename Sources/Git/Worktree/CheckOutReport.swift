/// What a checkout did to a directory.
public struct CheckOutReport: Hashable, Sendable {
    /// Files and symlinks that were written.
    public internal(set) var written = 0
    /// Files and symlinks that were right already.
    public internal(set) var kept = 0
    /// Files, symlinks and whole directories that were removed because the tree does not have them.
    public internal(set) var removed = 0
}
