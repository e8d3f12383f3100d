import Model

/// What a fetch found.
public struct FetchReport: Hashable, Sendable {
    /// All refs of the remote, also those that are not mirrored.
    public let tips: RemoteTips
    /// The mirrored refs that moved, sorted by name; empty when nothing was to be done.
    public let changes: [RefChange]
    /// Bytes of the pack that was transferred; 0 when nothing was.
    public let packByteCount: Int
    /// Why selected refs could not be had that others did not wait for; they are as they were.
    public var failures: [RefName: GitError] = [:]
}
