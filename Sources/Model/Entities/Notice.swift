import Foundation

/// One thing that one target is told.
///
/// A commit status is one notice for a commit and a context however often its state changes: what is sent is the newest.
public struct Notice: Identified, Sendable, Codable {
    /// Notice ids begin with `n`.
    public static let idPrefix = "n"

    /// How far it has come.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// To be sent, for the first time or again. Next: sent or dead.
        case pending
        /// The target has taken it. Next: pending, when there is something newer to say.
        case sent
        /// Given up; `error` says why. Next: pending, when there is something newer to say, or somebody asks for it.
        case dead
    }

    /// The row's id, which receivers of webhooks see.
    public let id: NoticeID
    /// Who is told.
    public let target: NoticeTargetID
    /// What it is, without times and attempts: a target is never told twice under one key, but for news.
    public let key: String
    /// What is said.
    public let payload: Payload
    /// Counts what there was to say under the key.
    public let revision: Int64
    /// What the git host calls what was made for it; nil before.
    public let remoteID: String?
    /// How far it has come.
    public let state: State
    /// How often it was tried since there is this to say.
    public let attempts: Int
    /// Since when there is this to say.
    public let since: Date
    /// When it is tried next.
    public let dueAt: Date
    /// Why the last attempt failed, or why it was given up.
    public let error: String?

    /// Makes a value from its parts.
    public init(
        id: NoticeID, target: NoticeTargetID, key: String, payload: Payload, revision: Int64, remoteID: String?,
        state: State, attempts: Int, since: Date, dueAt: Date, error: String?
    ) {
        self.id = id
        self.target = target
        self.key = key
        self.payload = payload
        self.revision = revision
        self.remoteID = remoteID
        self.state = state
        self.attempts = attempts
        self.since = since
        self.dueAt = dueAt
        self.error = error
    }
}
