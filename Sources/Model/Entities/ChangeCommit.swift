import Foundation

/// A commit that a push brought, with the trailers of its message.
public struct ChangeCommit: Hashable, Sendable, Codable {
    /// The commit's id.
    public let commit: CommitID
    /// `Name <address>`.
    public let author: String
    /// When it was committed.
    public let committedAt: Date
    /// The whole message.
    public let message: String
    /// The message's trailers in their order.
    public let trailers: [Trailer]
    /// What its signature proves; nil where that was not read, as of a commit without trailers that steer.
    public let signing: CommitSigning?

    /// Makes a value from its parts.
    public init(
        commit: CommitID, author: String, committedAt: Date, message: String, trailers: [Trailer],
        signing: CommitSigning? = nil
    ) {
        self.commit = commit
        self.author = author
        self.committedAt = committedAt
        self.message = message
        self.trailers = trailers
        self.signing = signing
    }
}
