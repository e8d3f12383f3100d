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

    /// Makes a value from its parts.
    public init(commit: CommitID, author: String, committedAt: Date, message: String, trailers: [Trailer]) {
        self.commit = commit
        self.author = author
        self.committedAt = committedAt
        self.message = message
        self.trailers = trailers
    }
}
