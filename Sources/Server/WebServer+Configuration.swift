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
        /// The bounds.
        public var limits: ServerLimits

        /// Makes a value from its parts.
        public init(
            host: String, port: Int, apiKey: String, isAnonymousReadAllowed: Bool, limits: ServerLimits = .init()
        ) {
            self.host = host
            self.port = port
            self.apiKey = apiKey
            self.isAnonymousReadAllowed = isAnonymousReadAllowed
            self.limits = limits
        }
    }
}

extension WebServer.Configuration: CustomStringConvertible {
    /// The address, without the key.
    public var description: String { "\(host):\(port)" }
}
