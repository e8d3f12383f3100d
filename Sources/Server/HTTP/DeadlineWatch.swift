import Dispatch
import Synchronization

/// Cancels tasks whose time has passed: one timer for all of them, since a timer for each request costs more than what
/// many a request is about.
final class DeadlineWatch: Sendable {
    /// The one watch.
    static let shared = DeadlineWatch()

    private static let tick = DispatchTimeInterval.milliseconds(250)

    /// What a task is cancelled by.
    ///
    /// - Note: `@unchecked` since cancelling is what may be done to a task from others while its handle is valid: that
    ///   is done only under the lock, under which its owner takes it away before the handle's scope ends.
    private struct Handle: @unchecked Sendable {
        let task: UnsafeCurrentTask
    }

    private struct Entry {
        let handle: Handle
        let end: ContinuousClock.Instant
        var hasPassed = false
    }

    private struct State {
        var entries: [UInt64: Entry] = [:]
        var tickets: UInt64 = 0
        var isTicking = false
    }

    private let queue = DispatchQueue(label: "deadlines")
    private let state = Mutex(State())

    /// Watches a task until ``remove(_:)``, which must come before the handle's scope ends.
    func add(_ task: UnsafeCurrentTask, until end: ContinuousClock.Instant) -> UInt64 {
        let handle = Handle(task: task)
        return state.withLock { state in
            state.tickets += 1
            state.entries[state.tickets] = Entry(handle: handle, end: end)
            if !state.isTicking {
                state.isTicking = true
                tickLater()
            }
            return state.tickets
        }
    }

    /// Ends a watch; true when the time had passed.
    func remove(_ ticket: UInt64) -> Bool {
        state.withLock { $0.entries.removeValue(forKey: ticket)?.hasPassed ?? false }
    }

    private func tickLater() {
        queue.asyncAfter(deadline: .now() + Self.tick) { [self] in cancelPassed() }
    }

    private func cancelPassed() {
        let now = ContinuousClock.now
        state.withLock { state in
            for (ticket, entry) in state.entries where !entry.hasPassed && entry.end <= now {
                state.entries[ticket]?.hasPassed = true
                entry.handle.task.cancel()
            }
            state.isTicking = !state.entries.isEmpty
            if state.isTicking { tickLater() }
        }
    }
}
