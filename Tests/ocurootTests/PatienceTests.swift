import Testing

@testable import ocuroot

@Suite struct PatienceTests {
    private static let absent = AbsentServer(message: "no server runs on /x", hint: "start one")

    @Test func `without time the first failure counts, as it is`() async {
        await #expect(throws: Self.absent) { try await Patience(.zero).run { throw Self.absent } }
    }

    @Test func `with time a server that is not there is waited for until the end, which is a time-out`() async {
        let clock = ContinuousClock()
        let start = clock.now
        let error = await #expect(throws: CommandError.self) {
            try await Patience(.milliseconds(700)).run { throw Self.absent }
        }
        #expect(clock.now - start >= .milliseconds(500))
        #expect(error?.status == .timedOut)
        #expect(error?.message == "the time is up: no server answered within 700ms: no server runs on /x")
        #expect(error?.hint == "start one")
    }

    @Test func `a server that comes in time is what was waited for`() async throws {
        var calls = 0
        let answer = try await Patience(.seconds(20)).run {
            calls += 1
            if calls < 3 { throw Self.absent }
            return "here"
        }
        #expect(answer == "here" && calls == 3)
    }

    @Test func `what the server says is wrong is not tried again`() async {
        var calls = 0
        await #expect(throws: CommandError.self) {
            try await Patience(.seconds(20)).run {
                calls += 1
                throw CommandError("no", hint: "no")
            }
        }
        #expect(calls == 1)
    }
}
