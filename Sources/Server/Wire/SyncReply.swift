/// The answer to `POST /api/v1/sync`.
public struct SyncReply: Sendable, Codable {
    /// How many placements and builds it concerns.
    public var count: Int

    /// Makes a value from its parts.
    public init(count: Int) {
        self.count = count
    }
}
