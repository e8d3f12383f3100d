/// Delays that double from one failure to the next, up to a bound, with jitter so that waiters do not move in step.
struct Backoff: Sendable {
    let first: Duration
    let max: Duration

    static let transaction = Backoff(first: .milliseconds(5), max: .milliseconds(500))
    static let connect = Backoff(first: .milliseconds(50), max: .seconds(2))

    /// The delay after the `count`th failure in a row, counted from 1: between half of the full delay and all of it.
    func delay(afterFailure count: Int) -> Duration {
        let doublings = Swift.min(Swift.max(count - 1, 0), 20)
        let full = Swift.min(first * (1 << doublings), max)
        return full * Double.random(in: 0.5...1)
    }
}
