import ControllerRuntime
import Foundation
import Model
import Store

/// What Sync does to the Store for one placement, under one lease.
struct SyncActions {
    let store: StateStore
    let lease: WorkLease
    let placement: PlacementID
    let generation: Int64

    /// Carries a plan out; nil means that the facts have changed by it and must be read again.
    func carryOut(_ plan: SyncPlan, attemptsMax: Int) async throws(StoreError) -> ReconcileOutcome? {
        switch plan {
        case .settled:
            try await settle(SyncCondition(kind: .settled), observed: generation)
            return .done
        case .waitForAttempt:
            return .done
        case .waitForNamesake(let reason):
            try await settle(SyncCondition(kind: .acting, reason: reason))
            return .done
        case .waitUntilValid(let date):
            try await settle(SyncCondition(kind: .delayed, reason: "valid from \(JSONText.time(date))", until: date))
            return .wait(until: date)
        case .waitForRetry(let date, let failures, let error):
            let reason = "attempt \(failures) of \(attemptsMax) failed: \(error)"
            try await settle(SyncCondition(kind: .retrying, reason: reason, until: date))
            return .wait(until: date)
        case .waitForPause(let date, let reason):
            try await settle(SyncCondition(kind: .blocked, reason: reason, until: date))
            return .wait(until: date)
        case .blocked(let reason):
            try await settle(SyncCondition(kind: .blocked, reason: reason))
            return .done
        case .held(let reason):
            try await settle(SyncCondition(kind: .held, reason: reason))
            return .done
        case .failed(let reason):
            try await settle(SyncCondition(kind: .failed, reason: reason))
            return .done
        case .cancel(let deployment):
            try await store.transaction(under: lease, as: lease.controller.rawValue) { tx throws(StoreError) in
                _ = try await tx.cancelDeployment(deployment)
            }
            return nil
        case .renew(let reason):
            try await store.transaction(under: lease, as: lease.controller.rawValue) { tx throws(StoreError) in
                _ = try await tx.renewTarget(placement, generation: generation, reason: reason)
            }
            return nil
        case .start(let kind, let build, let attempt, let inputs):
            try await start(kind, build: build, attempt: attempt, inputs: inputs)
            return nil
        }
    }

    private func settle(_ condition: SyncCondition, observed: Int64? = nil) async throws(StoreError) {
        try await store.transaction(under: lease, as: lease.controller.rawValue) { tx throws(StoreError) in
            try await tx.setCondition(placement, condition, observed: observed)
        }
    }

    private func start(
        _ kind: Deployment.Kind, build: BuildID, attempt: Int, inputs: JSONObject
    ) async throws(StoreError) {
        try await store.transaction(under: lease, as: lease.controller.rawValue) { tx throws(StoreError) in
            let reason = "\(kind.rawValue) of \(build), attempt \(attempt)"
            try await tx.setCondition(placement, SyncCondition(kind: .acting, reason: reason), observed: nil)
            _ = try await tx.startDeployment(
                placement, generation: generation, attempt: attempt, kind: kind, build: build, inputs: inputs)
        }
    }
}
