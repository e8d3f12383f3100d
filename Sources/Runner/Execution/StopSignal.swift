import Config
import Dispatch
import Synchronization

/// Says, once, that a Run must stop at once, to all who wait for it on threads and in tasks.
final class StopSignal: Sendable {
    /// Why the Run must stop.
    enum Reason: Sendable, Equatable {
        /// The runner's process was told to end.
        case told
        /// The server took the Run back, or must be assumed to have.
        case leaseLost(String)

        /// What an interrupted command or call says.
        var sentence: String {
            switch self {
            case .told: "the runner was told to stop"
            case .leaseLost(let cause): "the Run was taken back: \(cause)"
            }
        }
    }

    private struct State {
        var reason: Reason?
        var deadline: ContinuousClock.Instant?
        var waiters: [Int: AsyncStream<Never>.Continuation] = [:]
        var waitersMade = 0
    }

    /// Stops the Starlark function.
    let cancellation = CallCancellation()
    private let state = Mutex(State())
    private let latch = DispatchGroup()

    /// A signal that is not given yet.
    init() {
        latch.enter()
    }

    /// Why the Run must stop; nil while it goes on.
    ///
    /// Looks at the deadline itself: a process that was frozen may go on before its timers are heard.
    var reason: Reason? {
        let (reason, deadline) = state.withLock { ($0.reason, $0.deadline) }
        guard reason == nil, let deadline, deadline <= .now else { return reason }
        give(.leaseLost("its lease ended without an answer of the server"))
        return state.withLock { $0.reason }
    }

    /// Gives the signal at a moment, unless that is put off before it has come.
    func expire(at deadline: ContinuousClock.Instant) {
        state.withLock { $0.deadline = deadline }
    }

    /// Gives the signal; the first reason stays.
    func give(_ reason: Reason) {
        let waiters: [AsyncStream<Never>.Continuation]? = state.withLock { state in
            guard state.reason == nil else { return nil }
            state.reason = reason
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        guard let waiters else { return }
        cancellation.cancel()
        latch.leave()
        for waiter in waiters { waiter.finish() }
    }

    /// Blocks the calling thread until the signal is given or the time is over; true when it was given.
    func block(for duration: Duration) -> Bool {
        let (seconds, attoseconds) = duration.components
        let nanoseconds = min(seconds, 1 << 32) * 1_000_000_000 + attoseconds / 1_000_000_000
        return latch.wait(timeout: .now() + .nanoseconds(Int(nanoseconds))) == .success
    }

    /// Returns when the signal is given or the task is cancelled.
    func wait() async {
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        let number: Int? = state.withLock { state in
            guard state.reason == nil else { return nil }
            state.waitersMade += 1
            state.waiters[state.waitersMade] = continuation
            return state.waitersMade
        }
        guard let number else { return }
        for await _ in stream {}
        state.withLock { _ = $0.waiters.removeValue(forKey: number) }
    }
}
