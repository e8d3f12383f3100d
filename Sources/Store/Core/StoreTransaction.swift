import Model
import Postgres
import Synchronization

/// A transaction that is open: the writes that it offers become visible together, with their events and their work.
///
/// Valid only inside the closure that got it. Events and work are collected and written last, in one fixed order, so
/// that two transactions which write the same queue never wait for each other in a circle.
public final class StoreTransaction: Sendable {
    let database: Database
    /// Who is named in the events.
    let actor: String
    let secrets: SecretSealing
    let outbox = Mutex(Outbox())

    init(client: any PostgresClient, actor: String, secrets: SecretSealing) {
        database = Database(client: client)
        self.actor = actor
        self.secrets = secrets
    }

    /// Puts keys on a controller's queue; see ``StateStore/enqueue(_:keys:after:isRoutine:)``.
    public func enqueue(
        _ controller: ControllerName, keys: [String], after: Duration = .zero, isRoutine: Bool = false
    ) async throws(StoreError) {
        let due: Duration = max(after, .zero)
        outbox.withLock { outbox in
            for key in keys {
                outbox.add(work: QueuedKey(controller: controller, key: key), after: due, isRoutine: isRoutine)
            }
        }
    }

    /// Puts things that ids name on a controller's queue.
    func enqueue<Subject>(_ controller: ControllerName, _ ids: [Identifier<Subject>], after: Duration = .zero) {
        outbox.withLock { outbox in
            for id in ids {
                outbox.add(work: QueuedKey(controller: controller, key: id.description), after: after, isRoutine: false)
            }
        }
    }

    /// Notes what happened.
    func record(_ event: NewEvent) {
        outbox.withLock { $0.events.append(event) }
    }
}
