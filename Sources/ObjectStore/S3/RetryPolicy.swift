/// How often and after which pauses a failed request is repeated.
public struct RetryPolicy: Sendable {
    /// How many times a request is sent at most, 1 or more.
    public var attemptsMax: Int
    /// The pause after the first failure; each further one is twice as long, and a random part of it is taken off.
    public var firstPause: Duration
    /// The longest pause.
    public var pauseMax: Duration

    /// Makes a policy; the defaults give up after about two seconds of pauses.
    public init(attemptsMax: Int = 5, firstPause: Duration = .milliseconds(150), pauseMax: Duration = .seconds(2)) {
        self.attemptsMax = attemptsMax
        self.firstPause = firstPause
        self.pauseMax = pauseMax
    }

    /// The pause after the failure number `failureCount`, which begins at 1.
    func pause(after failureCount: Int) -> Duration {
        let doubled = firstPause * (1 << min(max(failureCount - 1, 0), 16))
        return min(doubled, pauseMax) * Double.random(in: 0.5...1)
    }
}
