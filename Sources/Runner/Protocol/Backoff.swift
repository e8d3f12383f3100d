/// The pauses between tries of one call to the server: from 50 ms, doubled up to 2 s.
struct Backoff {
    private var pause = Duration.milliseconds(50)

    /// The next pause, varied by a quarter so that runners do not come back all at once.
    mutating func next() -> Duration {
        defer { pause = min(pause * 2, .seconds(2)) }
        return pause * Double.random(in: 0.75...1.25)
    }
}
