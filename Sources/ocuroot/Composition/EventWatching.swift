import Logging
import NotifyController
import ServiceLifecycle
import Store

/// Has the event log read on whenever something was added to it, and somebody is to be told.
struct EventWatching: Service {
    let store: StateStore
    let logger: Logger

    /// Watches until the task is cancelled or a graceful shutdown begins.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await signal in store.changes() {
                switch signal {
                case .event, .reconnected: await wake()
                case .work: continue
                }
            }
        }
    }

    /// What is missed while the database is away comes with the reconnection.
    private func wake() async {
        do throws(StoreError) {
            guard try await store.hasUnreadEvents() else { return }
            try await store.enqueue(.notify, keys: [NotifyReconciler.key])
        } catch {
            guard !Task.isCancelled else { return }
            logger.warning("the event log waits to be read", metadata: ["error": "\(error)"])
        }
    }
}

extension EventWatching: CustomStringConvertible {
    /// A name for logs.
    var description: String { "EventWatching" }
}
