import Logging
import ServiceLifecycle
import Store

/// Feeds the Store's signals to everybody in this process who waits for changes.
struct StoreListening: Service {
    let store: StateStore
    let logger: Logger

    /// Listens until the task is cancelled or a graceful shutdown begins.
    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do throws(StoreError) {
                try await store.listen { error in
                    logger.warning("the database's notifications are lost", metadata: ["error": "\(error)"])
                }
            } catch {
                // A shutdown may come before the connection was made.
                guard error.code == .cancelled else { throw error }
            }
        }
    }
}

extension StoreListening: CustomStringConvertible {
    /// A name for logs.
    var description: String { "StoreListening" }
}
