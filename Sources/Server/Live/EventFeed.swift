import Logging
import Model
import ServiceLifecycle
import Store
import Synchronization

/// Follows the Store's signals for the whole server: one listener, however many browsers look on.
///
/// Keeps the newest events in memory, in the order in which they became visible. A client that reads slower than
/// events come in finds that the oldest are gone and is told to look at everything anew; nothing is queued for it.
final class EventFeed: Service {
    /// How many events are kept.
    static let eventsMax = 1024

    /// How many ids back are read again.
    private static let overlapCount: Int64 = 64

    /// Tells of every change.
    let signal = ChangeSignal()
    /// Bounds how many clients follow.
    let places: Places

    private let store: StateStore
    private let logger: Logger
    private let ring = Mutex(EventRing(capacity: eventsMax))

    init(store: StateStore, streamsMax: Int, logger: Logger) {
        self.store = store
        places = Places(streamsMax)
        self.logger = logger
    }

    /// Follows until the task is cancelled or a graceful shutdown begins.
    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            for await change in store.changes() {
                if case .work = change {} else { await read() }
                signal.advance()
            }
        }
    }

    /// What became visible after `position`, and the position to ask for next; nil when that is not known any more.
    func events(after position: UInt64) -> (events: [Event], position: UInt64)? {
        ring.withLock { $0.events(after: position) }
    }

    /// Where a client stands that has seen `event` last; nil when that is not known any more.
    func position(of event: EventID) -> UInt64? {
        ring.withLock { $0.position(of: event) }
    }

    /// Where a client stands that has seen everything.
    var newest: UInt64 { ring.withLock(\.newest) }

    /// Reads what has become visible.
    ///
    /// Ids are given before a transaction commits, so one may become visible after a greater one: the newest few are
    /// read again each time.
    private func read() async {
        do throws(StoreError) {
            guard let latest = ring.withLock(\.latest) else {
                guard let first = try await store.latestEvent() else { return }
                let events = try await store.events(after: Self.overlap(first), limit: Self.eventsMax)
                return ring.withLock { $0.append(events) }
            }
            var start = Self.overlap(latest)
            while true {
                let events = try await store.events(after: start, limit: Self.eventsMax)
                ring.withLock { $0.append(events) }
                guard events.count == Self.eventsMax, let last = events.last else { return }
                start = last.id
            }
        } catch {
            if error.code == .cancelled { return }
            logger.warning("events were not read", metadata: ["error": "\(error)"])
        }
    }

    private static func overlap(_ id: EventID) -> EventID {
        EventID(rawValue: max(0, id.rawValue - overlapCount))
    }
}
