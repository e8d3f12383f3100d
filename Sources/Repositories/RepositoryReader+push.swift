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
    ///   - old: the ref's tip before; nil for a new ref. One that is not there any more counts as rewritten, one that
    ///     is no commit as nil.
    ///   - others: the tips of other refs, whose history the move does not bring; those that are no commits have none.
    public func push(from old: CommitID?, to tip: CommitID, besides others: [CommitID]) async throws -> PushHistory {
        try await read { objects in
            let base = try old.flatMap { try objects.isCommit($0) ? $0 : nil }
            let isLost = old.map { !objects.contains($0.object) } ?? false
            let others = isLost ? [] : try others.filter { try objects.isCommit($0) }
            // Without anything to compare with, what came before is history.
            let isFirst = base == nil && others.isEmpty
            let history = try objects.history(
                from: base, to: tip, besides: others, commitsMax: isFirst ? 1 : Self.commitsMax)
            return PushHistory(
                tip: try objects.commit(tip), commits: try history.commits.map { try Self.record($0, objects) },
                isRewritten: isLost || history.isRewritten)
        }
    }

    private static func record(_ commit: Commit, _ objects: Objects) throws -> ChangeCommit {
        let steers = SteeringTrailer.steers(commit.trailers)
        return ChangeCommit(
            commit: commit.id, author: commit.author.description,
            committedAt: Date(timeIntervalSince1970: Double(commit.committer.timeSeconds)), message: commit.message,
            trailers: commit.trailers,
            signing: steers ? try CommitSigning(checking: objects.signature(of: commit.id)) : nil)
    }
}
