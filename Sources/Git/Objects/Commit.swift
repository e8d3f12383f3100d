import Model

/// A commit as it is in the object database.
public struct Commit: Hashable, Sendable {
    /// Its id.
    public let id: CommitID
    /// The tree that it records.
    public let tree: TreeID
    /// Its parents, the branch that was merged into first; empty for a first commit.
    public let parents: [CommitID]
    /// Who wrote the change.
    public let author: Signature
    /// Who recorded the commit; its time is when it was committed.
    public let committer: Signature
    /// The whole message, decoded to UTF-8.
    public let message: String
    /// The message's trailers in their order, as `git interpret-trailers --parse` prints them.
    public let trailers: [Trailer]

    /// The message's first line.
    public var summary: String {
        String(message.drop(while: \.isNewline).prefix { !$0.isNewline })
    }
}
