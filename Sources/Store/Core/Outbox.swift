import Model

/// What a transaction writes last: the events that tell of it, and the work that follows from it.
struct Outbox: Sendable {
    var events: [NewEvent] = []
    private(set) var work: [QueuedKey: (after: Duration, isRoutine: Bool)] = [:]

    /// Adds a key; of two requests for one key the earlier due counts, and one that is not routine.
    mutating func add(work key: QueuedKey, after: Duration, isRoutine: Bool) {
        guard let known = work[key] else {
            work[key] = (after, isRoutine)
            return
        }
        work[key] = (min(known.after, after), known.isRoutine && isRoutine)
    }
}
