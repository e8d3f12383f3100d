extension WebServer {
    /// Where a server listens, and whom it lets in.
    public struct Configuration: Sendable {
        /// The name or address to listen on.
        public var host: String
        /// The port; 0 picks one.
        public var port: Int
        /// What people and their tools send as bearer token.
        public var apiKey: String
        /// Whether the status page and its events are open to everyone who can connect.
        public var isAnonymousReadAllowed: Bool
        /// Where others reach this server, such as `https://ci.example.com`; nil: where it listens.
        public var publicURL: String?
        /// Addresses of proxies whose `X-Forwarded-For` is believed.
        public var trustedProxies: [String]
        /// The bounds.
        public var limits: ServerLimits

        /// Makes a value from its parts.
        public init(
            host: String, port: Int, apiKey: String, isAnonymousReadAllowed: Bool, publicURL: String? = nil,
            trustedProxies: [String] = [], limits: ServerLimits = .init()
        ) {
            self.host = host
            self.port = port
            self.apiKey = apiKey
            self.isAnonymousReadAllowed = isAnonymousReadAllowed
            self.publicURL = publicURL
            self.trustedProxies = trustedProxies
            self.limits = limits
        }
    }
}

extension WebServer.Configuration: CustomStringConvertible {
    /// The address, without the key.
    public var description: String { "\(host):\(port)" }
}
