import Store

/// The answer to `GET /api/v1/runs`.
public struct RunList: Sendable, Codable {
    /// Newest first.
    public var runs: [RunListing]

    /// Makes a value from its parts.
    public init(runs: [RunListing]) {
        self.runs = runs
    }
}
