/// What `http.get` or `http.post` returns.
public struct WebResponse: Sendable, Equatable {
    /// The status code.
    public var statusCode: Int
    /// The headers by lower-case name; values of one name are joined by `, `.
    public var headers: [String: String]
    /// The body.
    public var body: [UInt8]

    /// Makes a value from its parts.
    public init(statusCode: Int, headers: [String: String], body: [UInt8]) {
        self.statusCode = statusCode
        self.headers = headers
        self.body = body
    }
}
