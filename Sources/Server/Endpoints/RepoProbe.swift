/// Asks a remote for its refs, to tell a mistyped URL before it is watched.
///
/// The server may not import Git, so the composition root passes it in.
///
/// - Throws: an error whose description says why the repository cannot be read.
public typealias RepoProbe = @Sendable (_ url: String) async throws -> Void
