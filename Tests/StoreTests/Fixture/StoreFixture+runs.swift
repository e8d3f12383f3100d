import Foundation
import Model
import Postgres
import Store

extension StoreFixture {
    /// The newest row of a package.
    func package(_ name: PackageName) async throws -> PackageID {
        try await pool.query("SELECT id FROM package WHERE name = \(name) ORDER BY id DESC LIMIT 1").one()["id"]
    }

    /// The newest placement of a package.
    func placement(_ package: PackageName, _ environment: EnvironmentName = "prod") async throws -> PlacementID {
        try await pool.query(
            """
            SELECT p.id FROM placement p JOIN package k ON k.id = p.package_id
            JOIN environment e ON e.id = p.environment_id WHERE k.name = \(package) AND e.name = \(environment)
            ORDER BY p.id DESC LIMIT 1
            """
        ).one()["id"]
    }

    /// The newest Build of a package.
    func newestBuild(_ package: PackageName) async throws -> Build {
        let id: BuildID = try await pool.query(
            """
            SELECT b.id FROM build b JOIN package k ON k.id = b.package_id
            WHERE k.name = \(package) ORDER BY k.id DESC, b.sequence DESC LIMIT 1
            """
        ).one()["id"]
        guard let build = try await store.build(id) else { throw FixtureError("the build is gone") }
        return build
    }

    /// Takes a Run as a runner does.
    func start(_ run: RunID, lease: Duration = .seconds(30)) async throws -> RunStart {
        let token = try await store.transaction(as: "dispatch") { tx throws(StoreError) in
            try await tx.prepareStart(run)
        }
        guard let token else { throw FixtureError("\(run) is not queued") }
        return try await store.startRun(run, startToken: token, holder: "runner", lease: lease)
    }

    /// Takes a Run and ends it.
    func finish(_ run: RunID, _ result: RunResult = RunResult(error: nil)) async throws {
        let start = try await start(run)
        try await store.finishRun(run, leaseToken: start.leaseToken, result)
    }

    /// Takes and ends the Run of a package's newest Build.
    @discardableResult
    func build(_ package: PackageName, _ result: RunResult = RunResult(error: nil)) async throws -> Build {
        let build = try await newestBuild(package)
        let runs = try await store.runs(RunFilter(build: build.id, state: .queued))
        guard let run = runs.first?.run.id else { throw FixtureError("build \(build.id) has no queued run") }
        try await finish(run, result)
        return try await newestBuild(package)
    }

    /// Says that a placement shall run a Build, or nothing, whatever it should run now.
    func aim(
        _ placement: PlacementID, at build: Build?, isRunning: Bool = true, inputs: [String: InputSource] = [:]
    ) async throws {
        let generation = try await generation(placement)
        let target = NewTarget(
            build: build?.id, isRunning: build != nil && isRunning, inputs: inputs, reason: "the test wants it")
        let isSet = try await store.transaction(as: "promote") { tx throws(StoreError) in
            try await tx.setTarget(placement, target, replacing: generation)
        }
        if !isSet { throw FixtureError("the target was not set") }
    }

    /// The placement's generation.
    func generation(_ placement: PlacementID) async throws -> Int64 {
        try await pool.query("SELECT generation FROM placement WHERE id = \(placement)").one()[0]
    }

    /// Starts the attempt that Sync would; nil when it has none to start.
    @discardableResult
    func sync(_ placement: PlacementID) async throws -> DeploymentID? {
        guard let (_, generation, facts) = try await store.syncFacts(placement) else {
            throw FixtureError("there is no \(placement)")
        }
        switch SyncPlan.make(facts) {
        case .start(let kind, let build, let attempt, let inputs):
            return try await store.transaction(as: "sync") { tx throws(StoreError) in
                try await tx.startDeployment(
                    placement, generation: generation, attempt: attempt, kind: kind, build: build, inputs: inputs)
            }
        case .settled:
            try await store.transaction(as: "sync") { tx throws(StoreError) in
                try await tx.setCondition(placement, SyncCondition(kind: .settled), observed: generation)
            }
        case .waitForNamesake(let reason):
            try await store.transaction(as: "sync") { tx throws(StoreError) in
                try await tx.setCondition(placement, SyncCondition(kind: .acting, reason: reason), observed: nil)
            }
        case .blocked(let reason):
            try await store.transaction(as: "sync") { tx throws(StoreError) in
                try await tx.setCondition(placement, SyncCondition(kind: .blocked, reason: reason), observed: nil)
            }
        case .failed(let reason):
            try await store.transaction(as: "sync") { tx throws(StoreError) in
                try await tx.setCondition(placement, SyncCondition(kind: .failed, reason: reason), observed: nil)
            }
        case .renew(let reason):
            try await store.transaction(as: "sync") { tx throws(StoreError) in
                _ = try await tx.renewTarget(placement, generation: generation, reason: reason)
            }
        default: break
        }
        return nil
    }

    /// The Run of a Deployment.
    func run(of deployment: DeploymentID) async throws -> RunID {
        try await pool.query("SELECT id FROM run WHERE deployment_id = \(deployment)").one()["id"]
    }

    /// Deploys what a placement should run, start to end, and settles it.
    func deploy(_ placement: PlacementID, outputs: JSONObject = [:]) async throws {
        guard let deployment = try await sync(placement) else { throw FixtureError("nothing to deploy") }
        try await finish(try await run(of: deployment), RunResult(error: nil, outputs: outputs))
        try await sync(placement)
    }

    /// A repo with one package that is built, deployed in prod, and settled.
    func deployedShop(outputs: JSONObject = [:]) async throws -> (repo: RepoID, placement: PlacementID) {
        let (repo, placement) = try await builtShop()
        try await deploy(placement, outputs: outputs)
        try await finishAllWork()
        return (repo, placement)
    }

    /// A repo with one package that is built and shall run in prod.
    func builtShop(
        _ url: String = "file:///srv/shop.git", name: RepoName = "shop"
    ) async throws -> (repo: RepoID, placement: PlacementID) {
        let repo = try await addRepo(url)
        try await deliver(try await push(repo), name: name, packages: [.named("api")])
        let build = try await build("api")
        let placement = try await placement("api")
        try await decide(placement, build, .ready(inputs: [:], validAfterSeconds: 0))
        try await aim(placement, at: build)
        return (repo, placement)
    }

    /// Stops watching a repo.
    func remove(_ repo: RepoID, _ mode: RepoRemoval) async throws {
        try await store.transaction(as: "cli") { tx throws(StoreError) in try await tx.removeRepo(repo, mode: mode) }
    }

    /// Records what the policy said of a Build.
    func decide(_ placement: PlacementID, _ build: Build, _ answer: PolicyAnswer) async throws {
        _ = try await store.transaction(as: "promote") { tx throws(StoreError) in
            try await tx.recordDecisions(placement, [(build.id, answer)])
        }
    }

    /// Ends all queued work as if it had been done.
    func finishAllWork() async throws {
        try await pool.execute("DELETE FROM work")
    }

    /// The keys that are queued for a controller.
    func queued(_ controller: ControllerName) async throws -> [String] {
        try await pool.query("SELECT key FROM work WHERE controller = \(controller) ORDER BY key").column()
    }

    /// The one element of the status for a package and environment; nil when it is not shown.
    func status(
        _ package: PackageName, _ environment: EnvironmentName = "prod"
    ) async throws -> StatusReport.Element? {
        try await store.status().packages.first { $0.package == package && $0.environment == environment }
    }
}
