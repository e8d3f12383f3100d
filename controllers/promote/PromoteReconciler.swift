import Config
import ControllerRuntime
import Git
import Model
import Repositories
import Store

/// Asks the policy of one package about its Builds, for every environment, and sets the Targets.
public struct PromoteReconciler: Reconciler {
    private let store: StateStore
    private let policies: PolicyQuestions

    /// Makes a reconciler.
    ///
    /// - Parameters:
    ///   - store: holds Builds, decisions and Targets.
    ///   - repositories: the mirrors that Source keeps.
    ///   - evaluator: evaluates the package files of past commits.
    ///   - patch: the bytes of a Change's patch, by its hash.
    ///   - variables: what `env.get` shows to policies; the server's operator lists it.
    public init(
        store: StateStore, repositories: RepositorySet, evaluator: ConfigEvaluator,
        patch: @escaping @Sendable (ChangePatch) async throws -> [UInt8], variables: [String: String] = [:]
    ) {
        self.store = store
        policies = PolicyQuestions(
            store: store, repositories: repositories, evaluator: evaluator,
            trees: ChangeTrees(repositories: repositories, patch: patch), variables: variables)
    }

    /// `promote`.
    public var controller: ControllerName { .promote }

    /// Looks at one package, key `p…`.
    public func reconcile(_ lease: WorkLease) async -> ReconcileOutcome {
        guard let id = PackageID(lease.key) else { return .stalled("'\(lease.key)' is not a package's id") }
        do {
            guard let facts = try await store.promoteFacts(id), !facts.isRemoved else { return .done }
            var files = EvaluatedBuilds()
            var reads: Set<PackageReference> = []
            for place in facts.places where !place.environment.isArchived {
                let answers = try await policies.ask(about: place, facts, &files)
                reads.formUnion(answers.reads)
                guard try await decide(place, answers.answers, facts, under: lease) else {
                    return .wait(until: try await store.now())
                }
            }
            try await record(reads, of: id, under: lease)
            return .done
        } catch {
            return .retry(error)
        }
    }

    /// The packages with a Build that the policy has not been asked about, or a pin that is not followed.
    public func resync() async throws -> [String] {
        try await store.packagesToDecide().map(\.description)
    }

    /// Writes the answers down and sets the Target; false when somebody else has set another, or steered, meanwhile.
    private func decide(
        _ place: PromoteFacts.Place, _ answers: [(build: BuildID, answer: PolicyAnswer)], _ facts: PromoteFacts,
        under lease: WorkLease
    ) async throws(StoreError) -> Bool {
        try await store.transaction(under: lease, as: lease.controller.rawValue) { tx throws(StoreError) in
            let decided = try await tx.recordDecisions(place.placement, answers)
            guard
                let target = PromotePlan.target(
                    for: place, from: answers, decided: decided, builds: facts.candidates)
            else { return true }
            return try await tx.setTarget(place.placement, target, replacing: place.generation)
        }
    }

    private func record(
        _ reads: Set<PackageReference>, of package: PackageID, under lease: WorkLease
    ) async throws(StoreError) {
        try await store.transaction(under: lease, as: lease.controller.rawValue) { tx throws(StoreError) in
            try await tx.recordPolicyReads(package, reads.map { ($0.repo, $0.package) })
        }
    }
}
