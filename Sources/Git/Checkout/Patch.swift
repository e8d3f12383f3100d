import Model

/// The uncommitted changes of a checkout, in git's patch format.
public struct Patch: Hashable, Sendable {
    /// The commit that the changes are on top of.
    public let base: CommitID
    /// The patch; ``Objects/apply(patch:to:bytesMax:)`` takes it.
    public let text: [UInt8]
    /// The paths that it changes, sorted.
    public let paths: [String]
    /// How many of the paths are not in the base.
    public let addedCount: Int
    /// How many of the paths are only in the base.
    public let removedCount: Int

    /// What a list shows of it, such as "3 changed, 1 added".
    public var summary: String {
        let counts = [
            (paths.count - addedCount - removedCount, "changed"), (addedCount, "added"), (removedCount, "removed"),
        ]
        return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}
