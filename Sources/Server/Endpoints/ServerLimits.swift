/// The bounds that the Server sets its clients.
public struct ServerLimits: Sendable {
    /// A runner that is silent for this long loses its Run.
    public var runLease: Duration
    /// How many browsers may follow events at once.
    public var eventStreamsMax: Int
    /// How long `POST /api/v1/refresh` waits for the refs to be looked at.
    public var refreshTimeout: Duration
    /// The longest patch that `ocuroot deliver` may send, in bytes.
    public var patchBytesMax: Int
    /// How many connections are served at once.
    public var connectionsMax: Int
    /// How long a connection may stay without a request, or a request's next bytes may take to come.
    public var idleTimeout = Duration.seconds(75)
    /// How long the other end of a connection may take nothing of what waits for it, be it an answer or a stream.
    public var stallTimeout = Duration.seconds(30)
    /// The longest delivery of a git host, in bytes: GitHub lists up to 2,048 commits with their files, which are some
    /// megabytes; whatever is longer is refused, and found by polling.
    public var webhookBytesMax = 8 << 20
    /// What the bodies of deliveries may take in memory as they come in, all together; those of one address a quarter.
    ///
    /// Whoever checks one holds it up to three times.
    public var webhookBuffersBytesMax = 64 << 20
    /// How long a delivery may take to come in and be kept.
    public var webhookTimeout = Duration.seconds(10)
    /// How many deliveries a second are taken from one address, and for one repo; five times as many at once.
    public var webhooksPerSecond = 100.0
    /// How many addresses' rates are kept track of.
    public var webhookSourcesMax = 10_000
    /// How many deliveries may wait to be written.
    public var webhooksWaitingMax = 1_024

    /// Makes a value from its parts.
    public init(
        runLease: Duration = .seconds(30), eventStreamsMax: Int = 256, refreshTimeout: Duration = .seconds(30),
        patchBytesMax: Int = 16 << 20, connectionsMax: Int = 1024
    ) {
        self.runLease = runLease
        self.eventStreamsMax = eventStreamsMax
        self.refreshTimeout = refreshTimeout
        self.patchBytesMax = patchBytesMax
        self.connectionsMax = connectionsMax
    }
}
