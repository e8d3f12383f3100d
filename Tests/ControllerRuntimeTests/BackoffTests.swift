import ControllerRuntime
import Testing

@Suite struct BackoffTests {
    @Test func `pauses double up to the longest, each spread by at most a fifth`() {
        let backoff = Backoff(first: .seconds(1), longest: .seconds(10))
        for (failures, seconds) in [(1, 1.0), (2, 2), (3, 4), (4, 8), (5, 10), (1_000, 10)] {
            let pause = backoff.pause(afterFailures: failures)
            #expect(pause >= .seconds(seconds * 0.79) && pause <= .seconds(seconds * 1.21))
        }
    }
}
