import Model

/// Tells a target something that says that it is a test; nil when there is no such target.
///
/// The server may not import an HTTP client, so the composition root passes it in.
///
/// - Throws: what the Store throws; what the receiver answers is no error.
public typealias NoticeTest = @Sendable (_ target: NoticeTargetID) async throws -> NoticeTestReply?
