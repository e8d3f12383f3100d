/// How often, and how far apart, something that failed is tried again.
public struct RetryPolicy: Hashable, Sendable {
    /// The number of attempts in all, at least 1.
    public var attemptsMax: Int
    /// The pause after the first failure.
    public var pauseMin: Duration
    /// No pause is longer.
    public var pauseMax: Duration

    /// Makes a value from its parts.
    public init(attemptsMax: Int, pauseMin: Duration, pauseMax: Duration) {
        self.attemptsMax = attemptsMax
        self.pauseMin = pauseMin
        self.pauseMax = pauseMax
    }

    /// Deployments: 4 attempts, 2 s, 4 s and 8 s apart.
    public static let deployment = RetryPolicy(attemptsMax: 4, pauseMin: .seconds(2), pauseMax: .seconds(60))

    /// The pause after `failures` failures (at least 1): doubled each time up to the longest.
    public func pause(afterFailures failures: Int) -> Duration {
        var pause = pauseMin
        for _ in 1..<max(failures, 1) where pause < pauseMax { pause *= 2 }
        return min(pause, pauseMax)
    }
}
