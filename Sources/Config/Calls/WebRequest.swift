/// What `http.get` or `http.post` was called with.
public struct WebRequest: Sendable, Equatable {
    /// The methods that the SDK has.
    public enum Method: String, Sendable {
        /// `http.get`.
        case get = "GET"
        /// `http.post`.
        case post = "POST"
    }

    /// The method.
    public var method: Method
    /// The address.
    public var url: String
    /// The headers in the order of the dict.
    public var headers: [(name: String, value: String)]
    /// The body; nil for none.
    public var body: [UInt8]?

    /// Makes a value from its parts.
    public init(method: Method, url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// Compares everything.
    public static func == (left: WebRequest, right: WebRequest) -> Bool {
        left.method == right.method && left.url == right.url && left.body == right.body
            && left.headers.elementsEqual(right.headers) { $0 == $1 }
    }
}
