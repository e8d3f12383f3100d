import Foundation

/// A commit that a push brought, with the trailers of its message.
public struct ChangeCommit: Hashable, Sendable, Codable {
    /// The years 1 to 9999 in seconds since 1970, which a database can hold and RFC 3339 can write: anybody may write
    /// anything into a commit, and the nearest of these stands for what lies beyond.
    public static let timesSeconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// The commit's id.
    public let commit: CommitID
    /// `Name <address>`.
    public let author: String
    /// When it was committed, within ``timesSeconds``.
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
        let (first, last) = (Double(Self.timesSeconds.lowerBound), Double(Self.timesSeconds.upperBound))
        self.committedAt = Date(timeIntervalSince1970: min(max(committedAt.timeIntervalSince1970, first), last))
        self.message = message
        self.trailers = trailers
        self.signing = signing
    }
}
