/// The answer to `POST /api/v1/notify/targets/ID/test`.
public struct NoticeTestReply: Sendable, Codable {
    /// Whether the receiver took it.
    public var isDelivered: Bool
    /// What the receiver said, or why it could not be asked; one line.
    public var answer: String

    /// Makes a value from its parts.
    public init(isDelivered: Bool, answer: String) {
        self.isDelivered = isDelivered
        self.answer = answer
    }
}
