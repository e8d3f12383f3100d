import ControllerRuntime
import Model
import Store

/// Brings one placement to its Target: compares what should run with what does, and starts what is missing.
public struct SyncReconciler: Reconciler {
    /// How often the facts are read again within one pass before the rest is left to the next.
    private static let plansMax = 8

    private let store: StateStore
    private let retryPolicy: RetryPolicy

    /// Makes a reconciler.
    ///
    /// - Parameters:
    ///   - store: holds Targets and Deployments.
    ///   - retryPolicy: how often a failed deployment is tried again, and how far apart.
    public init(store: StateStore, retryPolicy: RetryPolicy = .deployment) {
        self.store = store
        self.retryPolicy = retryPolicy
    }

    /// `sync`.
    public var controller: ControllerName { .sync }

    /// Looks at one placement, key `l…`, and acts until there is nothing to do now.
    public func reconcile(_ lease: WorkLease) async -> ReconcileOutcome {
        guard let placement = PlacementID(lease.key) else { return .stalled("'\(lease.key)' is not a placement's id") }
        do throws(StoreError) {
            for _ in 0..<Self.plansMax {
                guard let (_, generation, facts) = try await store.syncFacts(placement) else { return .done }
                let plan = SyncPlan.make(facts, retry: retryPolicy)
                let actions = SyncActions(store: store, lease: lease, placement: placement, generation: generation)
                if let outcome = try await actions.carryOut(plan, attemptsMax: retryPolicy.attemptsMax) {
                    return outcome
                }
            }
            return .wait(until: try await store.now())
        } catch {
            return .retry(error)
        }
    }

    /// The placements whose status has not caught up with what is wanted.
    public func resync() async throws -> [String] {
        try await store.unsettledPlacements().map(\.description)
    }
}
