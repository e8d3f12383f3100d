import ControllerRuntime
import Foundation
import Model
import Store

/// Takes back the Runs whose runners fell silent, and clears old deliveries and previews away; one replica at a time does
/// each, since each key has one lease.
public struct MaintenanceReconciler: Reconciler {
    /// The key under which silent Runs are taken back.
    public static let key = "rescue"
    /// The key under which old deliveries are cleared away.
    public static let inboxKey = "inbox"
    /// The key under which previews that ended are cleared away.
    public static let previewsKey = "previews"
    /// How many silent Runs one pass takes back; the rest wait for the next.
    private static let rescuedMax = 200
    /// How many deliveries one pass clears away; the rest wait for the next.
    private static let prunedMax = 5_000
    private static let deliveryAgeMax = Duration.seconds(30 * 86_400)
    /// How many deliveries of one repo are kept.
    private static let deliveriesMax = 2_000
    private static let previewAgeMax = Duration.seconds(30 * 86_400)
    /// How many previews one pass clears away; the rest wait for the next.
    private static let clearedMax = 50
    private static let clearingInterval = 60.0

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
            switch lease.key {
            case Self.inboxKey: return try await pruneInbox()
            case Self.previewsKey: return try await clearPreviews()
            default: break
            }
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

    /// All keys, so that the first passes come at the start.
    public func resync() async throws -> [String] {
        [Self.key, Self.inboxKey, Self.previewsKey]
    }

    private func pruneInbox() async throws(StoreError) -> ReconcileOutcome {
        let count = try await store.pruneWebhookDeliveries(
            olderThan: Self.deliveryAgeMax, keeping: Self.deliveriesMax, limit: Self.prunedMax)
        return .wait(until: try await store.now() + (count < Self.prunedMax ? Self.clearingInterval : 1))
    }

    private func clearPreviews() async throws(StoreError) -> ReconcileOutcome {
        let count = try await store.clearEndedPreviews(olderThan: Self.previewAgeMax, limit: Self.clearedMax)
        return .wait(until: try await store.now() + (count < Self.clearedMax ? Self.clearingInterval : 1))
    }
}
