import Foundation
import Model
import Store
import Synchronization
import Testing

/// Plain controllers and runners over a store, several of each at once, that lose their leases at any moment.
final class Simulation: Sendable {
    let fixture: StoreFixture
    let environments: [EnvironmentDeclaration] = [.named("prod"), .named("staging")]
    let packages: [PackageDeclaration] = [
        .named("api"), .named("web"), .named("docs", functions: []), .named("jobs", functions: [.build, .deploy]),
    ]
    private let isStopped = Atomic(false)
    private let watched: Mutex<RepoID>
    private let running = Mutex<[String: Int]>([:])
    private let lastRuns = Mutex<[String: Deployment.Kind]>([:])

    /// Deploys and destroys of one package in one environment that ran at the same time.
    let overlaps = Counter()
    /// Deploys that began while a removed repo had something deployed under the same names.
    let intrusions = Counter()
    /// Leases that were lost.
    let losses = Counter()

    init(_ fixture: StoreFixture) async throws {
        self.fixture = fixture
        watched = Mutex(try await fixture.addRepo())
    }

    /// The repo that is watched now.
    var repo: RepoID { watched.withLock { $0 } }

    /// What ran last, by `package@environment`, whether it ended well or not.
    var ran: [String: Deployment.Kind] { lastRuns.withLock { $0 } }

    /// Removes the repo and adds it again.
    func replaceRepo(_ mode: RepoRemoval) async throws {
        try await fixture.remove(repo, mode)
        let added = try await fixture.addRepo()
        watched.withLock { $0 = added }
    }

    private var store: StateStore { fixture.store }

    /// Runs the controllers, two of each, while `body` runs.
    func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let works: [(ControllerName, @Sendable (WorkLease) async throws -> Void)] = [
            (.deliver, deliver), (.promote, promote), (.sync, sync), (.dispatch, dispatch),
        ]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (controller, work) in works {
                for number in 1...2 {
                    group.addTask { try await self.loop(controller, holder: "\(controller)-\(number)", work) }
                }
            }
            group.addTask { try await self.disturb() }
            group.addTask {
                defer { self.isStopped.store(true, ordering: .sequentiallyConsistent) }
                try await body()
            }
            try await group.waitForAll()
        }
    }

    private func loop(
        _ controller: ControllerName, holder: String, _ work: @Sendable (WorkLease) async throws -> Void
    ) async throws {
        while !isStopped.load(ordering: .sequentiallyConsistent) {
            let leases = try await store.claim(controller, holder: holder, limit: 2, lease: .seconds(30))
            if leases.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
            for lease in leases {
                do {
                    try await work(lease)
                    try await store.finish(lease, .done)
                } catch let error as StoreError where error.code == .leaseLost {
                    _ = losses.increment()
                }
            }
        }
    }

    /// Takes all leases away, as a crash and a new start do.
    private func disturb() async throws {
        while !isStopped.load(ordering: .sequentiallyConsistent) {
            try await Task.sleep(for: .milliseconds(Int.random(in: 20...60)))
            try await store.releaseWork()
        }
    }

    private func deliver(_ lease: WorkLease) async throws {
        guard let repo = RepoID(lease.key), let known = try await store.repo(repo) else { return }
        let declared = known.origin.map { [EnvironmentDeclaration.named($0.environment)] } ?? environments
        for change in try await store.undelivered(repo) {
            let base: DeliveryBase
            do throws(StoreError) {
                base = try await store.deliveryBase(repo)
            } catch {
                // It was removed just now.
                #expect(error.code == .notFound)
                return
            }
            let affected = packages.map(\.name).filter { _ in base.tree == nil || Bool.random() } + ["api"]
            let delivery = Delivery(
                change: change.id, tree: StoreFixture.tree(of: change.commit),
                declaration: RepoDeclaration(name: "shop", environments: declared),
                evaluated: packages.map {
                    EvaluatedPackageFile(directory: $0.path, outcome: .declared([$0]), loads: [])
                },
                removedDirectories: [],
                affected: Dictionary(affected.map { ($0, .neverBuilt) }, uniquingKeysWith: { first, _ in first }))
            try await store.transaction(under: lease, as: "deliver") { tx throws(StoreError) in
                _ = try await tx.deliver(delivery)
            }
        }
    }

    private func promote(_ lease: WorkLease) async throws {
        guard let id = PackageID(lease.key), let facts = try await store.promoteFacts(id),
            let newest = facts.candidates.first, !facts.isRemoved
        else { return }
        let output = OutputReference(repo: nil, package: "api", environment: nil, output: "n")
        let inputs: [String: InputSource] = facts.package.name == "web" ? ["n": .output(output)] : [:]
        for place in facts.places {
            try await store.transaction(under: lease, as: "promote") { tx throws(StoreError) in
                let answer = PolicyAnswer.ready(inputs: inputs, validAfterSeconds: 0)
                _ = try await tx.recordDecisions(place.placement, [(newest.id, answer)])
                _ = try await tx.setTarget(
                    place.placement, NewTarget(build: newest.id, isRunning: true, inputs: inputs, reason: "ready"),
                    replacing: place.generation)
            }
        }
    }

    private func sync(_ lease: WorkLease) async throws {
        guard let placement = PlacementID(lease.key) else { return }
        let retry = RetryPolicy(attemptsMax: 1_000, pauseMin: .zero, pauseMax: .zero)
        for _ in 0..<8 {
            guard let (_, generation, facts) = try await store.syncFacts(placement) else { return }
            let plan = SyncPlan.make(facts, retry: retry)
            let isOver = try await store.transaction(under: lease, as: "sync") { tx throws(StoreError) in
                try await carryOut(plan, placement, generation, tx)
            }
            if isOver { return }
        }
    }

    private func carryOut(
        _ plan: SyncPlan, _ placement: PlacementID, _ generation: Int64, _ tx: StoreTransaction
    ) async throws(StoreError) -> Bool {
        switch plan {
        case .start(let kind, let build, let attempt, let inputs):
            try await tx.setCondition(placement, SyncCondition(kind: .acting), observed: nil)
            _ = try await tx.startDeployment(
                placement, generation: generation, attempt: attempt, kind: kind, build: build, inputs: inputs)
            return false
        case .renew(let reason):
            _ = try await tx.renewTarget(placement, generation: generation, reason: reason)
            return false
        case .cancel(let deployment):
            _ = try await tx.cancelDeployment(deployment)
            return false
        case .blocked(let reason):
            try await tx.setCondition(placement, SyncCondition(kind: .blocked, reason: reason), observed: nil)
        case .settled:
            try await tx.setCondition(placement, SyncCondition(kind: .settled), observed: generation)
        default: break
        }
        return true
    }

    /// Runs a Run, or loses it half way.
    private func dispatch(_ lease: WorkLease) async throws {
        guard let id = RunID(lease.key), let run = try await store.run(id), run.state == .queued else { return }
        let token = try await store.transaction(under: lease, as: "dispatch") { tx throws(StoreError) in
            try await tx.prepareStart(id)
        }
        guard let token else { return }
        let start: RunStart
        do throws(StoreError) {
            start = try await store.startRun(id, startToken: token, holder: "runner", lease: .seconds(30))
        } catch {
            // Canceled, or taken by a runner of the next holder of the lease.
            #expect(error.code == .conflict)
            return
        }
        let place = try await begin(start, of: run.repo)
        for _ in 0..<Int.random(in: 0...20) { await Task.yield() }
        if let place { running.withLock { $0[place, default: 0] -= 1 } }
        if run.deployment != nil, Int.random(in: 0..<(start.spec.kind == .destroy ? 2 : 5)) == 0 {
            return try await store.loseRun(id, attempt: run.attempt + 1, reason: "killed")
        }
        let outputs: JSONObject = start.spec.kind == .deploy ? ["n": .int(start.spec.build.sequence / 3)] : [:]
        try await store.finishRun(id, leaseToken: start.leaseToken, RunResult(error: nil, outputs: outputs))
    }

    private func begin(_ start: RunStart, of repo: RepoID) async throws -> String? {
        guard let deployment = start.spec.deployment else { return nil }
        let place = "\(start.spec.package)@\(deployment.environment)"
        let count = running.withLock { running in
            running[place, default: 0] += 1
            return running[place] ?? 0
        }
        if count > 1 { _ = overlaps.increment() }
        lastRuns.withLock { $0[place] = start.spec.kind == .destroy ? .destroy : .deploy }
        if start.spec.kind == .deploy {
            let others = try await fixture.count(
                """
                SELECT count(*) FROM placement p JOIN package k ON k.id = p.package_id
                JOIN environment e ON e.id = p.environment_id
                WHERE k.name = \(start.spec.package) AND e.name = \(deployment.environment)
                    AND k.repo_id <> \(repo) AND p.deployed_id IS NOT NULL
                """)
            if others > 0 { _ = intrusions.increment() }
        }
        return place
    }
}
