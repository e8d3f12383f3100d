import Model

/// The answer to `GET /api/v1/notify/targets`.
public struct NoticeTargetList: Sendable, Codable {
    /// In the order in which they were added.
    public var targets: [NoticeTarget]

    /// Makes a value from its parts.
    public init(targets: [NoticeTarget]) {
        self.targets = targets
    }
}
