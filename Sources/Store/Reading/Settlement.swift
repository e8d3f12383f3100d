/// Whether anything is left to do.
public struct Settlement: Hashable, Sendable, Codable {
    /// Whether nothing moves any more, well or not.
    public var isSettled: Bool
    /// What failed or is blocked, one sentence each; at most 100.
    public var failures: [String]
    /// What is under way, one sentence each; at most 100.
    public var unfinished: [String]

    /// Makes a value from its parts.
    public init(isSettled: Bool, failures: [String], unfinished: [String]) {
        self.isSettled = isSettled
        self.failures = failures
        self.unfinished = unfinished
    }
}
