import Model

/// Asks whether a repo's remote has a commit, fetches it when it has, and reads what it brought since another.
///
/// The server may not import Git, so the composition root passes it in.
///
/// - Parameters:
///   - old: where the ref was before; nil for a new one.
///   - others: the tips of other refs, whose history the push does not bring.
/// - Returns: the commits that a push from `old` to `commit` brings, the oldest first; nil when the remote answered and
///   no branch or tag leads to the commit.
/// - Throws: an error whose description says why the remote cannot be asked.
public typealias CommitProbe =
    @Sendable (
        _ repo: Repo, _ commit: CommitID, _ old: CommitID?, _ others: [CommitID]
    ) async throws -> [ChangeCommit]?
