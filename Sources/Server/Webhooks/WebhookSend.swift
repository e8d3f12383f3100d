/// Posts a delivery as a git host would, and returns the status of the answer.
///
/// The server may not import an HTTP client, so the composition root passes it in.
///
/// - Throws: an error whose description says why there was no answer; it holds no header.
public typealias WebhookSend =
    @Sendable (_ url: String, _ headers: [String: String], _ body: [UInt8]) async throws -> Int
