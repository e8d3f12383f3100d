/// The answer to a retry of notifications.
public struct NoticeRetryReply: Sendable, Codable {
    /// How many are sent again.
    public var count: Int

    /// Makes a value from its parts.
    public init(count: Int) {
        self.count = count
    }
}
