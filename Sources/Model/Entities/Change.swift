import Foundation

/// One push to a delivered ref: a commit, plus an optional patch when it was made from a dirty checkout.
public struct Change: Identified, Sendable, Codable {
    /// Change ids begin with `c`.
    public static let idPrefix = "c"

    /// How far the Change has come.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// Written down, Deliver has not worked it out yet. Next: delivered, failed or superseded.
        case recorded
        /// Its affected packages have their Builds. Final.
        case delivered
        /// It could not be worked out; `error` says why. Next: delivered, by a retry.
        case failed
        /// A newer Change of the ref came before Deliver began. Final.
        case superseded
        /// Its tip says `Ocuroot-Skip`: nothing of it is delivered. Final.
        case skipped
    }

    /// The row's id.
    public let id: ChangeID
    /// The repo that was pushed to.
    public let repo: RepoID
    /// The ref that moved.
    public let ref: RefName
    /// Counts the moves of this ref from 1.
    public let sequence: Int64
    /// The ref's new tip.
    public let commit: CommitID
    /// The ref's tip before; nil when the ref was new.
    public let previous: CommitID?
    /// Identifies the uncommitted patch on top of the commit; nil for a clean Change.
    public let patch: ChangePatch?
    /// The tip's commit message.
    public let message: String
    /// The tip's author, `Name <address>`.
    public let author: String
    /// How far it has come.
    public let state: State
    /// Why it failed.
    public let error: String?
    /// When it was recorded.
    public let createdAt: Date

    /// Makes a value from its parts.
    public init(
        id: ChangeID, repo: RepoID, ref: RefName, sequence: Int64, commit: CommitID, previous: CommitID?,
        patch: ChangePatch?, message: String, author: String, state: State, error: String?, createdAt: Date
    ) {
        self.id = id
        self.repo = repo
        self.ref = ref
        self.sequence = sequence
        self.commit = commit
        self.previous = previous
        self.patch = patch
        self.message = message
        self.author = author
        self.state = state
        self.error = error
        self.createdAt = createdAt
    }
}
