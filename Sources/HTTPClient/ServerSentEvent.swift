/// One event of a `text/event-stream` response.
public struct ServerSentEvent: Sendable, Hashable {
    /// What kind of event it is; `message` when the server did not say.
    public let name: String
    /// Its data, several lines joined by line feeds.
    public let data: String
    /// The id that the server last gave, to send as `Last-Event-ID` after reconnecting; nil before the first.
    public let id: String?

    /// Makes an event.
    public init(name: String, data: String, id: String?) {
        self.name = name
        self.data = data
        self.id = id
    }
}
