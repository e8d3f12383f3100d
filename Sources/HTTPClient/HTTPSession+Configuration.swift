extension HTTPSession {
    /// What holds for every request of a session.
    public struct Configuration: Sendable {
        /// The `User-Agent` of requests that do not name one.
        public var userAgent = "ocuroot"
        /// A file of PEM certificates of the only authorities to trust; nil trusts those of the system.
        public var certificateAuthoritiesPath: String?
        /// How many connections there are at most, busy or kept for later; further transfers wait, and their
        /// timeouts run.
        public var connectionsMax = 128
        /// The same for one host.
        public var connectionsPerHostMax = 32
        /// How many transfers there are at most, waiting ones included; one more is the error `overloaded`.
        public var transfersMax = 4096

        /// Makes a configuration with the defaults.
        public init() {}
    }
}
