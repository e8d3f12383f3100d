import Testing

@testable import Runner

@Suite struct StopSignalTests {
    @Test func `all who wait are woken, and the first reason stays`() async {
        let signal = StopSignal()
        async let first: Void = signal.wait()
        async let second = FunctionThread.run { signal.block(for: .seconds(60)) }
        signal.give(.leaseLost("x"))
        signal.give(.told)
        await first
        #expect(await second)
        #expect(signal.reason == .leaseLost("x"))
        #expect(signal.cancellation.isCanceled)
        await signal.wait()
    }

    @Test func `a deadline that has passed gives the signal to whoever asks first, one that was put off does not`() {
        let signal = StopSignal()
        signal.expire(at: .now + .seconds(3600))
        #expect(signal.reason == nil)
        signal.expire(at: .now - .seconds(1))
        #expect(signal.reason != nil && signal.cancellation.isCanceled)
        signal.expire(at: .now + .seconds(3600))
        #expect(signal.reason != nil)
    }

    @Test func `waiting ends with its task and with its time`() async {
        let signal = StopSignal()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await signal.wait() }
            group.cancelAll()
        }
        #expect(!signal.block(for: .milliseconds(1)))
        #expect(signal.reason == nil)
    }
}
