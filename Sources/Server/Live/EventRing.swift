import Model

/// The newest events in the order in which they became visible, each at a position that only grows.
struct EventRing {
    private var events: [Event] = []
    private var isKnown: Set<EventID> = []
    /// The position of the first event that is kept, less one.
    private var base: UInt64 = 0
    private let capacity: Int

    /// The greatest id seen; nil before the first.
    private(set) var latest: EventID?

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The position of the newest event, 0 before the first.
    var newest: UInt64 { base + UInt64(events.count) }

    /// Adds events that are not known yet, and drops the oldest beyond the capacity.
    mutating func append(_ more: [Event]) {
        for event in more where isKnown.insert(event.id).inserted {
            events.append(event)
            latest = max(latest ?? event.id, event.id)
        }
        let excess = events.count - capacity
        guard excess > 0 else { return }
        for event in events.prefix(excess) { isKnown.remove(event.id) }
        events.removeFirst(excess)
        base += UInt64(excess)
    }

    /// What came after a position, and the newest position; nil when some of it has been dropped.
    func events(after position: UInt64) -> (events: [Event], position: UInt64)? {
        guard position >= base, position <= newest else { return nil }
        return (Array(events.dropFirst(Int(position - base))), newest)
    }

    /// The position of an event; nil when it is not kept.
    func position(of id: EventID) -> UInt64? {
        events.lastIndex { $0.id == id }.map { base + UInt64($0) + 1 }
    }
}
