import Model
import Synchronization

/// The signals that wait for one consumer: at most one for each controller, the newest event, one reconnection.
final class SignalBuffer: Sendable {
    private struct Waiting {
        var isReconnected = true
        var controllers: Set<ControllerName> = []
        var event: EventID?

        mutating func take() -> StoreSignal? {
            if isReconnected {
                isReconnected = false
                return .reconnected
            }
            if let controller = controllers.popFirst() { return .work(controller) }
            defer { event = nil }
            return event.map { .event($0) }
        }
    }

    private let waiting = Mutex(Waiting())
    /// Wakes the consumer; one ring is enough for any number of signals.
    let bells: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    init() {
        (bells, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func add(_ signal: StoreSignal) {
        waiting.withLock { waiting in
            switch signal {
            case .reconnected: waiting.isReconnected = true
            case .work(let controller): waiting.controllers.insert(controller)
            case .event(let id): waiting.event = max(id, waiting.event ?? id)
            }
        }
        bell.yield()
    }

    func take() -> StoreSignal? {
        waiting.withLock { $0.take() }
    }
}
