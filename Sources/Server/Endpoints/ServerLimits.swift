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
