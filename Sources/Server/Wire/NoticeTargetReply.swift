import Model

/// The answer to `POST /api/v1/notify/targets`.
public struct NoticeTargetReply: Sendable, Codable {
    /// The target.
    public var target: NoticeTarget
    /// The key of a program's signatures, told this once only; nil for all others.
    public var secret: String?

    /// Makes a value from its parts.
    public init(target: NoticeTarget, secret: String?) {
        self.target = target
        self.secret = secret
    }
}
