import Model

/// The answer to `GET /api/v1/events`.
public struct EventList: Sendable, Codable {
    /// Oldest first.
    public var events: [Event]

    /// Makes a value from its parts.
    public init(events: [Event]) {
        self.events = events
    }
}
