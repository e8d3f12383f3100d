/// One request, with everything that bounds it.
public struct HTTPRequest: Sendable {
    /// What to do.
    public var method: HTTPMethod
    /// An absolute http or https URL, percent-encoded.
    public var url: String
    /// Header fields to send.
    ///
    /// `Content-Length`, `Transfer-Encoding`, `Connection` and `Expect` are the client's own.
    public var headers: HTTPHeaders
    /// What to send.
    public var body: HTTPBody
    /// How long it may take.
    public var timeouts = HTTPTimeouts()
    /// The longest response body in bytes; a longer one is the error `tooLarge`.
    ///
    /// Nil is for streams only.
    public var bodyBytesMax: Int? = 8 << 20
    /// Which redirects are followed.
    public var redirects = HTTPRedirects.sameHost()
    /// Connects to this unix socket instead of the URL's host and port, which are still sent.
    public var unixSocketPath: String?
    /// The proxy's URL; nil connects directly.
    ///
    /// Environment variables are not looked at.
    public var proxy: String?
    /// Signs the request for AWS.
    public var signature: AWSSignature?
    /// What errors call the URL, for one whose path is a secret, as chat webhooks have.
    ///
    /// Nil shows scheme, host, port and path, never user information or the query.
    public var errorSubject: String?

    /// Makes a request; the other properties have defaults that fit a call of an API.
    public init(_ method: HTTPMethod, _ url: String, headers: HTTPHeaders = [:], body: HTTPBody = .none) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}
