import ControllerRuntime
import Git
import Model
import Testing

@testable import SourceController

@Suite struct `The pace of looking at repos` {
    private let pace = SourcePace(
        schedule: PollSchedule(interval: .seconds(30)), backoff: Backoff(first: .seconds(1), longest: .seconds(300)))

    private func error(_ code: GitError.Code, retryAfter: Duration? = nil) -> GitError {
        var error = GitError(code, operation: "talk to", subject: "https://h/x", cause: "no")
        error.retryAfter = retryAfter
        return error
    }

    @Test func `grows with each failure up to a bound`() {
        #expect(pace.pause(after: error(.unreachable), failures: 1) <= .seconds(1.2))
        #expect(pace.pause(after: error(.unreachable), failures: 3) >= .seconds(3.2))
        #expect(pace.pause(after: error(.unreachable), failures: 99) <= .seconds(360))
    }

    @Test(arguments: [GitError.Code.authenticationFailed, .untrustedHost])
    func `is minutes at once for a host that refused us, lest an account is locked`(code: GitError.Code) {
        #expect(pace.pause(after: error(code), failures: 1) >= .seconds(48))
        #expect(pace.pause(after: error(code), failures: 99) <= .seconds(1080))
    }

    @Test func `is what the host asks for when that is longer`() {
        #expect(pace.pause(after: error(.unreachable, retryAfter: .seconds(90)), failures: 1) == .seconds(90))
    }

    @Test func `of those that found no place is the longer the more there are`() {
        #expect(pace.pause(turnedAway: 1) <= .milliseconds(550))
        #expect(pace.pause(turnedAway: 10_000) <= .seconds(30))
        #expect(pace.pause(turnedAway: 10_000) >= .seconds(6))
    }

    @Test func `a host gets so many conversations at once, and others theirs beside it`() {
        let gate = HostGate(conversationsMax: 2)
        #expect(gate.enter("a") == nil)
        #expect(gate.enter("a") == nil)
        #expect(gate.enter("a") == 1)
        #expect(gate.enter("a") == 2)
        #expect(gate.enter("b") == nil)
        gate.leave("a", wasSilent: false)
        #expect(gate.enter("a") == nil)
    }

    @Test func `a host that let one run out of time gets one at a time until it answers`() {
        let gate = HostGate(conversationsMax: 3)
        for _ in 1...3 { #expect(gate.enter("a") == nil) }
        for _ in 1...3 { gate.leave("a", wasSilent: true) }
        #expect(gate.enter("a") == nil)
        #expect(gate.enter("a") != nil)
        gate.leave("a", wasSilent: false)
        for _ in 1...3 { #expect(gate.enter("a") == nil) }
    }
}
