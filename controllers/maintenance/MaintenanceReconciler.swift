import ControllerRuntime
import Foundation
import Model
import Store

/// Takes back the Runs whose runners fell silent; one replica at a time does so, since its only key has one lease.
public struct MaintenanceReconciler: Reconciler {
    /// The only key.
    public static let key = "rescue"
    /// How many silent Runs one pass takes back; the rest wait for the next.
    private static let rescuedMax = 200

    private let store: StateStore
    private let interval: Duration

    /// Makes a reconciler.
    ///
    /// - Parameters:
    ///   - store: holds the Runs.
    ///   - interval: the pause between two passes.
    public init(store: StateStore, interval: Duration = .seconds(5)) {
        self.store = store
        self.interval = interval
    }

    /// `maintenance`.
    public var controller: ControllerName { .maintenance }

    /// Takes back what has expired by the database's clock, and asks to be called again.
    public func reconcile(_ lease: WorkLease) async -> ReconcileOutcome {
        do throws(StoreError) {
            for run in try await store.expiredRuns(limit: Self.rescuedMax) {
                try await store.loseRun(
                    run.id, attempt: run.attempt, reason: "no heartbeat came before its lease expired",
                    onlyIfExpired: true)
            }
            return .wait(until: try await store.now() + Double(interval.components.seconds))
        } catch {
            return .retry(error)
        }
    }

    /// The only key, so that the first pass comes at the start.
    public func resync() async throws -> [String] {
        [Self.key]
    }
}
