import Synchronization

/// The events that wait for a listener's one consumer, with a bound.
final class EventBuffer: Sendable {
    typealias Event = PostgresListener.Event

    private struct State {
        var events: [Event] = []
        var head = 0
        var consumer: CheckedContinuation<Event?, Never>?
        var isClosed = false
    }

    private let countMax: Int
    private let state = Mutex(State())

    init(countMax: Int) {
        self.countMax = max(1, countMax)
    }

    /// Adds an event, or, if there is no room, replaces all that wait by ``PostgresListener/Event/overflowed``.
    func append(_ event: Event) {
        let consumer = state.withLock { state -> CheckedContinuation<Event?, Never>? in
            if state.isClosed { return nil }
            if let consumer = state.consumer {
                state.consumer = nil
                return consumer
            }
            if state.events.count - state.head >= countMax {
                state.events = [.overflowed]
                state.head = 0
            }
            state.events.append(event)
            return nil
        }
        consumer?.resume(returning: event)
    }

    /// The next event, or `nil` at the end.
    ///
    /// A second consumer at the same time ends the first one's wait.
    func next() async -> Event? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (superseded, ready) = state.withLock { state in take(&state, or: continuation) }
                superseded?.resume(returning: nil)
                if let ready { continuation.resume(returning: ready.event) }
            }
        } onCancel: {
            state.withLock { state in
                defer { state.consumer = nil }
                return state.consumer
            }?.resume(returning: nil)
        }
    }

    func close() {
        state.withLock { state in
            state.isClosed = true
            state.events = []
            state.head = 0
            defer { state.consumer = nil }
            return state.consumer
        }?.resume(returning: nil)
    }

    private struct Ready {
        var event: Event?
    }

    private func take(
        _ state: inout State,
        or continuation: CheckedContinuation<Event?, Never>
    ) -> (superseded: CheckedContinuation<Event?, Never>?, ready: Ready?) {
        if state.head < state.events.count {
            let event = state.events[state.head]
            state.head += 1
            if state.head == state.events.count || state.head > 1_000 {
                state.events.removeFirst(state.head)
                state.head = 0
            }
            return (nil, Ready(event: event))
        }
        if state.isClosed || Task.isCancelled { return (nil, Ready(event: nil)) }
        defer { state.consumer = continuation }
        return (state.consumer, nil)
    }
}
