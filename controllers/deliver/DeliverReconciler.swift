import Config
import ControllerRuntime
import Git
import Model
import Repositories
import Store

/// Works out the Changes of one repo: which packages each affects, and why, and records the Builds that are owed.
public struct DeliverReconciler: Reconciler {
    private let store: StateStore
    private let workings: DeliverWorkings

    /// Makes a reconciler.
    ///
    /// - Parameters:
    ///   - store: holds Changes, packages and Builds.
    ///   - repositories: the mirrors that Source keeps.
    ///   - evaluator: reads repo.ocu.star and package files.
    ///   - patch: the bytes of a Change's patch, by its hash.
    public init(
        store: StateStore, repositories: RepositorySet, evaluator: ConfigEvaluator,
        patch: @escaping @Sendable (ChangePatch) async throws -> [UInt8]
    ) {
        self.store = store
        workings = DeliverWorkings(
            store: store, repositories: repositories, evaluator: evaluator,
            trees: ChangeTrees(repositories: repositories, patch: patch))
    }

    /// `deliver`.
    public var controller: ControllerName { .deliver }

    /// Looks at one repo, key `o…`: its undelivered Changes first, then what failed Builds left owing.
    public func reconcile(_ lease: WorkLease) async -> ReconcileOutcome {
        guard let id = RepoID(lease.key) else { return .stalled("'\(lease.key)' is not a repo's id") }
        do {
            guard let repo = try await store.repo(id) else { return .done }
            for change in try await store.undelivered(id) {
                if let outcome = try await deliver(change, of: repo, under: lease) { return outcome }
            }
            if let owed = try await workings.owed(by: repo) { try await record(owed, under: lease) }
            return .done
        } catch {
            return .retry(error)
        }
    }

    /// The repos with Changes that are not worked out, or with packages whose Builds are owed.
    public func resync() async throws -> [String] {
        try await store.reposToDeliver().map(\.description)
    }

    private func deliver(
        _ change: Change, of repo: Repo, under lease: WorkLease
    ) async throws -> ReconcileOutcome? {
        do {
            try await record(try await workings.delivery(of: change, in: repo), under: lease)
            return nil
        } catch {
            guard let failure = DeliverFailure(error) else { throw error }
            try await store.transaction(under: lease, as: lease.controller.rawValue) { tx throws(StoreError) in
                try await tx.failChange(change.id, error: failure.sentence)
            }
            return failure.mayPass ? .retry(error) : nil
        }
    }

    private func record(_ delivery: Delivery, under lease: WorkLease) async throws {
        try await store.transaction(under: lease, as: lease.controller.rawValue) { tx throws(StoreError) in
            _ = try await tx.deliver(delivery)
        }
    }
}
