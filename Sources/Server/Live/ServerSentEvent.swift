import NIOCore

/// Writes the lines of a `text/event-stream`.
enum ServerSentEvent {
    /// A line that clients ignore, which keeps proxies and dead connections honest.
    static let heartbeat = ByteBuffer(string: ": still here\n\n")

    /// How long a client should wait before it connects again.
    static let retry = ByteBuffer(string: "retry: 1000\n\n")

    /// One event.
    ///
    /// - Parameters:
    ///   - id: what the client sends back as `Last-Event-ID`; nil leaves the last one in force.
    ///   - name: the event's type.
    ///   - data: its data; each of its lines becomes a line of the stream.
    static func message(id: String?, name: String, data: String) -> ByteBuffer {
        var buffer = ByteBuffer()
        if let id { buffer.writeString("id: \(id)\n") }
        buffer.writeString("event: \(name)\n")
        for line in data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            buffer.writeString("data: \(line)\n")
        }
        buffer.writeString("\n")
        return buffer
    }
}
