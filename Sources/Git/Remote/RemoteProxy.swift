/// Through whom an http or https host is reached.
public struct RemoteProxy: Sendable {
    /// `http://host:port`, `https://…`, `socks5://…` or `socks5h://…`, without credentials.
    public var url: String
    /// Who we are to the proxy; nil for nobody.
    public var user: String?
    /// The password that goes with it.
    public var secret: String?

    /// Makes a value from its parts.
    public init(url: String, user: String? = nil, secret: String? = nil) {
        self.url = url
        self.user = user
        self.secret = secret
    }
}
