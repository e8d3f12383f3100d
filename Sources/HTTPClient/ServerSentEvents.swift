/// The events of a `text/event-stream` response, as they arrive.
///
/// An event above one MiB ends it with the error `tooLarge`. The rules of ``HTTPBodyChunks`` hold: read once, by one
/// task at a time, and an event cut off by the end of the body is dropped.
public struct ServerSentEvents: AsyncSequence, Sendable {
    /// One event.
    public typealias Element = ServerSentEvent
    /// What ends the stream early.
    public typealias Failure = HTTPError

    let chunks: HTTPBodyChunks

    /// Starts reading.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(owner: chunks.owner) }

    /// Reads the stream event by event.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let owner: TransferOwner
        private var parser = ServerSentEventParser()
        private var waiting: [ServerSentEvent] = []

        init(owner: TransferOwner) { self.owner = owner }

        /// The next event, or nil at the end of the stream.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(HTTPError) -> ServerSentEvent? {
            while waiting.isEmpty {
                guard let bytes = try await owner.transfer.nextBytes() else { return nil }
                guard let events = parser.add(bytes) else {
                    owner.transfer.cancel()
                    throw HTTPError(
                        .tooLarge, owner.transfer.request,
                        cause: "an event exceeds \(ServerSentEventParser.eventBytesMax) bytes")
                }
                waiting = events.reversed()
            }
            return waiting.popLast()
        }

        /// The next event, or nil at the end of the stream.
        public mutating func next() async throws(HTTPError) -> ServerSentEvent? {
            try await next(isolation: nil)
        }
    }
}

extension HTTPResponseStream {
    /// The body as server-sent events.
    public func events() -> ServerSentEvents { ServerSentEvents(chunks: body) }
}
