/// Asks an ssh host for its key, without telling it who asks.
///
/// The server may not import Git, so the composition root passes it in.
///
/// - Throws: an error whose description says why it cannot be asked.
public typealias HostKeyProbe = @Sendable (_ url: String) async throws -> HostKeyReport
