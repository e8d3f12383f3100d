/// A response with its whole body.
///
/// Every status is a response, 500 included; an error is only what kept a response from arriving.
public struct HTTPResponse: Sendable {
    /// 200 to 599.
    public let status: Int
    /// Its header fields.
    public let headers: HTTPHeaders
    /// Its body, at most the request's `bodyBytesMax` long.
    public let body: [UInt8]
    /// Where it came from in the end, after redirects.
    public let url: String

    /// Makes a response.
    public init(status: Int, headers: HTTPHeaders, body: [UInt8], url: String) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
    }

    /// Whether the status is 200 to 299.
    public var isSuccess: Bool { (200...299).contains(status) }

    /// The body as text; bytes that are no UTF-8 become the replacement character.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
