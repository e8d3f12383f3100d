/// What a transaction told the channel with NOTIFY when it committed.
public struct PostgresNotification: Hashable, Sendable {
    /// The channel.
    public let channel: String
    /// The text, at most 8,000 bytes; empty if NOTIFY had none.
    public let payload: String
    /// The process id of the server process that notified.
    public let processID: Int32

    /// Makes a notification.
    public init(channel: String, payload: String, processID: Int32 = 0) {
        self.channel = channel
        self.payload = payload
        self.processID = processID
    }
}
