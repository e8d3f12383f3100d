import Foundation
import Git
import Model
import Repositories
import Store

/// Reads what a push brought from the object database.
struct SourceHistory {
    /// The tips with the times of their commits; those that are no commits, such as a tag of a file, apart.
    typealias Arrivals = (commits: [SourceArrival], others: [(ref: RefName, commit: CommitID)])

    let reader: RepositoryReader

    /// What tips are.
    func arrivals(_ tips: [(ref: RefName, commit: CommitID)]) async throws -> Arrivals {
        try await reader.read { objects in
            var commits: [SourceArrival] = []
            var others: [(ref: RefName, commit: CommitID)] = []
            for (ref, tip) in tips {
                do throws(GitError) {
                    let seconds = try objects.commit(tip).committer.timeSeconds
                    commits.append(
                        SourceArrival(ref: ref, commit: tip, committedAt: Date(timeIntervalSince1970: Double(seconds))))
                } catch {
                    guard error.code == .wrongKind else { throw error }
                    others.append((ref, tip))
                }
            }
            return (commits, others)
        }
    }

    /// The move of a ref as the Store records it.
    ///
    /// - Parameters:
    ///   - expected: where it was delivered last.
    ///   - old: where it was seen last.
    ///   - others: the tips of other refs, whose history the move does not bring.
    func change(
        of ref: RefName, expected: CommitID?, from old: CommitID?, to tip: CommitID, besides others: [CommitID],
        in repo: RepoID
    ) async throws -> NewChange {
        let push = try await reader.push(from: old, to: tip, besides: others)
        return NewChange(
            repo: repo, ref: ref, expected: expected, commit: push.tip.id, isForced: push.isRewritten,
            message: push.tip.message, author: push.tip.author.description, patch: nil, commits: push.commits)
    }
}
