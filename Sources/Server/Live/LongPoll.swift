import Logging
import ServiceLifecycle

/// Looks again whenever something changed, until there is an answer or the caller's patience ends.
struct LongPoll: Sendable {
    /// No two looks are closer, so that a busy server is not asked without end.
    private static let pauseMin = Duration.milliseconds(20)
    /// No pause is longer: what ends without a signal, such as a lease, is seen all the same.
    private static let pauseMax = Duration.seconds(1)

    let signal: ChangeSignal

    /// Calls `look` until it gives an answer that `isFinal`, or for `patience`; returns the last answer.
    func run<Answer: Sendable>(
        for patience: Duration, isFinal: (Answer) -> Bool, look: () async throws -> Answer
    ) async throws -> Answer {
        let clock = ContinuousClock()
        let end = clock.now + patience
        var pause = Self.pauseMin
        while true {
            let seen = signal.count
            let answer = try await look()
            let left = end - clock.now
            if isFinal(answer) || left <= .zero || Task.isCancelled || Task.isShuttingDownGracefully { return answer }
            try? await Task.sleep(for: min(Self.pauseMin, left))
            await signal.wait(past: seen, atMost: min(pause, end - clock.now))
            pause = signal.count > seen ? Self.pauseMin : min(pause * 2, Self.pauseMax)
        }
    }
}
