/// A response whose body is still arriving.
///
/// Dropping it, or the last copy of its ``body``, aborts the transfer.
public struct HTTPResponseStream: Sendable {
    /// 200 to 599.
    public let status: Int
    /// Its header fields.
    public let headers: HTTPHeaders
    /// Where it came from in the end, after redirects.
    public let url: String
    /// The body in pieces.
    public let body: HTTPBodyChunks

    /// Whether the status is 200 to 299.
    public var isSuccess: Bool { (200...299).contains(status) }
}
