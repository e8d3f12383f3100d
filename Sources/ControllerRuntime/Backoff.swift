/// Pauses between attempts: doubled each time up to a bound, each spread by a fifth so that replicas drift apart.
public struct Backoff: Sendable {
    /// The pause after the first failure.
    public var first: Duration
    /// No pause is longer, the spread aside.
    public var longest: Duration

    /// Makes a value from its parts.
    public init(first: Duration = .milliseconds(500), longest: Duration = .seconds(120)) {
        self.first = first
        self.longest = longest
    }

    /// The pause after `failures` failures in a row, at least 1.
    public func pause(afterFailures failures: Int) -> Duration {
        var pause = first
        for _ in 1..<max(failures, 1) where pause < longest { pause *= 2 }
        return min(pause, longest) * Double.random(in: 0.8...1.2)
    }
}
