import Foundation
import Git
import Model
import Repositories
import Store

/// Reads what a push brought from the object database.
struct SourceHistory {
    /// Of a push with more commits, or a first push, the newest are recorded one by one.
    private static let commitsMax = 500

    let reader: RepositoryReader

    /// The move of a ref as the Store records it.
    func move(of ref: RefName, from old: CommitID?, to tip: CommitID, in repo: RepoID) async throws -> SourceMove {
        try await reader.read { objects in
            let commit = try objects.commit(tip)
            // An old tip that is gone leaves nothing to compare with: the push then counts as a rewrite.
            let base = old.flatMap { objects.contains($0.object) ? $0 : nil }
            let history = try objects.history(from: base, to: commit.id, commitsMax: base == nil ? 1 : Self.commitsMax)
            return .moved(
                NewChange(
                    repo: repo, ref: ref, expected: old, commit: commit.id,
                    isForced: history.isRewritten || (old != nil && base == nil), message: commit.message,
                    author: commit.author.description, patch: nil, commits: history.commits.map(Self.record)))
        }
    }

    private static func record(_ commit: Commit) -> ChangeCommit {
        ChangeCommit(
            commit: commit.id, author: commit.author.description,
            committedAt: Date(timeIntervalSince1970: Double(commit.committer.timeSeconds)), message: commit.message,
            trailers: commit.trailers)
    }
}
