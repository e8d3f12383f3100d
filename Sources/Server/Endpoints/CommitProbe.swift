import Model

/// Asks whether a repo's remote has a commit, and fetches it when it has.
///
/// The server may not import Git, so the composition root passes it in.
///
/// - Returns: false when the remote answered and no branch or tag leads to the commit.
/// - Throws: an error whose description says why the remote cannot be asked.
public typealias CommitProbe = @Sendable (_ repo: Repo, _ commit: CommitID) async throws -> Bool
