import Model

/// The uncommitted changes of a checkout, in git's patch format.
public struct Patch: Hashable, Sendable {
    /// The commit that the changes are on top of.
    public let base: CommitID
    /// The patch; ``Objects/apply(patch:to:bytesMax:)`` takes it.
    public let text: [UInt8]
    /// The paths that it changes, sorted.
    public let paths: [String]

    /// What a list shows of it, such as "3 files changed".
    public var summary: String {
        paths.count == 1 ? "1 file changed" : "\(paths.count) files changed"
    }
}
