import Foundation
import Git
import Model

/// What a move of a ref brought, as it is recorded.
public struct PushHistory: Sendable {
    /// The new tip.
    public let tip: Commit
    /// The commits that it brought, the oldest first; of many, or of a first push, the newest.
    public let commits: [ChangeCommit]
    /// Whether the old tip is not part of the new one's history.
    public let isRewritten: Bool
}

extension RepositoryReader {
    /// Of a push with more commits the newest are recorded one by one.
    private static let commitsMax = 500

    /// What the move of a ref from one commit to another brought.
    ///
    /// - Parameters:
    ///   - old: the ref's tip before; nil for a new ref. One that is not there any more counts as rewritten.
    ///   - others: the tips of other refs, whose history a new ref does not bring.
    public func push(from old: CommitID?, to tip: CommitID, besides others: [CommitID]) async throws -> PushHistory {
        try await read { objects in
            let present = ([old] + others).compactMap { $0 }.filter { objects.contains($0.object) }
            let base = old.map { present.contains($0) ? $0 : nil } ?? present.first
            // Without anything to compare with, what came before is history.
            let history = try objects.history(from: base, to: tip, commitsMax: base == nil ? 1 : Self.commitsMax)
            return PushHistory(
                tip: try objects.commit(tip), commits: history.commits.map(Self.record),
                isRewritten: old != nil && (base == nil || history.isRewritten))
        }
    }

    private static func record(_ commit: Commit) -> ChangeCommit {
        ChangeCommit(
            commit: commit.id, author: commit.author.description,
            committedAt: Date(timeIntervalSince1970: Double(commit.committer.timeSeconds)), message: commit.message,
            trailers: commit.trailers)
    }
}
