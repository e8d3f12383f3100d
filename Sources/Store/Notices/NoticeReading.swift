import Model

/// A piece of the event log that nobody was told of yet.
public struct NoticeReading: Sendable {
    /// The event after which the piece begins.
    public var from: EventID
    /// The events in order, with what is true of them now.
    public var events: [NoticeFacts]
    /// Everybody who is told something, with the event since when.
    public var targets: [(target: NoticeTarget, since: EventID)]
}
