import Model

/// The answer to `GET /api/v1/notify/notifications`.
public struct NoticeList: Sendable, Codable {
    /// Newest first.
    public var notifications: [Notice]

    /// Makes a value from its parts.
    public init(notifications: [Notice]) {
        self.notifications = notifications
    }
}
