import ServiceLifecycle
import Synchronization

/// Counts that something changed, and wakes everybody who waits for the next change.
///
/// A waiter names the count that it has seen, so that a change between its look and its wait is not missed.
final class ChangeSignal: Sendable {
    private struct State {
        var count: UInt64 = 0
        var nextWaiter: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// How many changes there were.
    var count: UInt64 { state.withLock(\.count) }

    /// Counts a change.
    func advance() {
        let waiters = state.withLock { state in
            state.count += 1
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in waiters.values { waiter.resume() }
    }

    /// Returns when the count exceeds `seen`, the time is up, the task is cancelled or the server shuts down.
    func wait(past seen: UInt64, atMost limit: Duration) async {
        guard limit > .zero else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait(past: seen) }
            group.addTask { try? await cancelWhenGracefulShutdown { try await Task.sleep(for: limit) } }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait(past seen: UInt64) async {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if state.count > seen || Task.isCancelled { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }
}
