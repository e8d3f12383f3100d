/// Listens on channels over a connection of its own, and connects again by itself when the connection breaks.
///
/// Iterate ``events`` in one place only. It never throws: it ends when the listener is closed or released, or when the
/// iterating task is cancelled. A NOTIFY is a hint that may be lost while the server is away; ``Event/connected``,
/// ``Event/reconnected`` and ``Event/overflowed`` tell the consumer to read what is true now.
public final class PostgresListener: Sendable {
    /// What the consumer sees.
    public enum Event: Hashable, Sendable {
        /// The listener listens for the first time: what is committed from now on is notified.
        case connected
        /// The connection was lost and listens again: notifications in between are lost.
        case reconnected
        /// The consumer was too slow and some notifications were thrown away.
        case overflowed
        /// A transaction that notified a channel was committed.
        case notification(PostgresNotification)
    }

    private let core: ListenerCore

    /// Starts to listen, on a thread of its own.
    ///
    /// - Parameters:
    ///   - channels: the names as they are, at least one; they are quoted.
    ///   - bufferedMax: how many notifications wait for the consumer at most.
    ///   - onFailure: called on the listener's thread each time that the connection is lost or cannot be made.
    public init(
        _ configuration: PostgresConfiguration,
        channels: [String],
        bufferedMax: Int = 10_000,
        file: String = #fileID,
        line: UInt = #line,
        onFailure: @escaping @Sendable (PostgresError) -> Void = { _ in }
    ) throws(PostgresError) {
        let site = CallSite(file: file, line: line)
        guard !channels.isEmpty else { throw PostgresError(.configuration, "listen", "no channel is named", at: site) }
        try ConnectionHandle.check(configuration.conninfo, at: site)
        core = try ListenerCore(
            configuration, channels: channels, bufferedMax: bufferedMax, site: site, onFailure: onFailure)
        core.start()
    }

    deinit {
        core.close()
    }

    /// What happens, in order.
    ///
    /// The listener lives at least as long as this sequence.
    public var events: Events { Events(listener: self) }

    /// Ends ``events`` and closes the connection.
    ///
    /// Closing twice is allowed.
    public func close() {
        core.close()
    }

    /// The sequence of a listener's events.
    public struct Events: AsyncSequence, Sendable {
        let listener: PostgresListener

        /// Starts to iterate; all iterators of a listener share one line of events.
        public func makeAsyncIterator() -> Iterator { Iterator(listener: listener) }

        /// Takes the events out of the line.
        public struct Iterator: AsyncIteratorProtocol {
            let listener: PostgresListener

            /// The next event; `nil` once the listener is closed or the task cancelled.
            public func next() async -> Event? {
                await listener.core.buffer.next()
            }
        }
    }
}
