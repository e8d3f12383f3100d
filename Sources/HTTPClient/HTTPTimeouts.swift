/// How long each part of an exchange may take; what exceeds it ends with the error `timedOut`.
public struct HTTPTimeouts: Sendable, Hashable {
    /// From the start until the connection, TLS included, is up.
    ///
    /// 1 ms at least.
    public var connect: Duration
    /// For the whole exchange with all its redirects; nil for no limit, as a stream of events needs.
    public var total: Duration?
    /// How long less than ``stallBytesPerSecond`` may move, waiting for the first byte included; whole seconds, rounded
    /// up.
    ///
    /// Nil for no limit.
    public var stall: Duration?
    /// The slowest that still counts as moving, in bytes a second, over the time of ``stall``.
    public var stallBytesPerSecond: Int

    /// Makes timeouts; the defaults fit a call of an API.
    public init(
        connect: Duration = .seconds(10), total: Duration? = .seconds(60), stall: Duration? = .seconds(30),
        stallBytesPerSecond: Int = 1
    ) {
        self.connect = connect
        self.total = total
        self.stall = stall
        self.stallBytesPerSecond = stallBytesPerSecond
    }

    /// For a response that goes on until one side ends it, such as server-sent events: only connecting is timed.
    public static let stream = HTTPTimeouts(total: nil, stall: nil)
}
