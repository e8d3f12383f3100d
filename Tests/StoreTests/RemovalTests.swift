import Model
import Postgres
import Store
import Testing

/// What a removed repo still does, and what is in the way of another that takes its place.
struct RemovalTests {
    private func shop(_ fixture: StoreFixture) async throws -> StatusReport.Element {
        try #require(try await fixture.store.status().packages.first { $0.repo == "shop" && $0.package == "api" })
    }

    /// Starts the deploy of a placement's Target, whatever Sync would do.
    private func startDeploy(_ placement: PlacementID, _ fixture: StoreFixture) async throws -> DeploymentID? {
        let build = try await fixture.newestBuild("api").id
        let generation = try await fixture.generation(placement)
        return try await fixture.store.transaction(as: "sync") { tx throws(StoreError) in
            try await tx.startDeployment(
                placement, generation: generation, attempt: 1, kind: .deploy, build: build, inputs: [:])
        }
    }

    /// Starts the destroy of what a placement runs, whatever Sync would do.
    private func startDestroy(_ placement: PlacementID, _ fixture: StoreFixture) async throws -> DeploymentID? {
        let build = try await fixture.newestBuild("api").id
        let generation = try await fixture.generation(placement)
        return try await fixture.store.transaction(as: "sync") { tx throws(StoreError) in
            try await tx.startDeployment(
                placement, generation: generation, attempt: 1, kind: .destroy, build: build, inputs: [:])
        }
    }

    /// Fails the destroy of a placement as often as it is tried.
    private func failDestroy(_ placement: PlacementID, _ fixture: StoreFixture) async throws {
        for _ in 0..<RetryPolicy.deployment.attemptsMax {
            let destroy = try #require(try await fixture.sync(placement))
            try await fixture.finish(try await fixture.run(of: destroy), RunResult(error: "it is in use"))
            try await fixture.pool.execute("UPDATE deployment SET finished_at = finished_at - interval '1 hour'")
        }
        #expect(try await fixture.sync(placement) == nil)
    }

    @Test(arguments: ["file:///srv/shop.git", "file:///srv/moved.git"])
    func `a repo that is added again deploys once the removed one has destroyed`(url: String) async throws {
        try await StoreFixture.with { fixture in
            let (removed, old) = try await fixture.deployedShop()
            try await fixture.remove(removed, .destroy)
            let (_, new) = try await fixture.builtShop(url)
            #expect(try await fixture.sync(new) == nil)
            #expect(try await startDeploy(new, fixture) == nil)
            #expect(try await shop(fixture).state == .progressing)
            #expect(try await shop(fixture).reason.contains("waits for the removal of shop (\(removed))"))

            let destroy = try #require(try await fixture.sync(old))
            let start = try await fixture.start(try await fixture.run(of: destroy))
            #expect(try await fixture.sync(new) == nil)
            #expect(try await startDeploy(new, fixture) == nil)
            #expect(try await shop(fixture).reason.contains("its destroy is under way"))
            try await fixture.finishAllWork()
            try await fixture.store.finishRun(start.spec.run, leaseToken: start.leaseToken, RunResult(error: nil))
            #expect(try await fixture.queued(.sync).contains(new.description), "its end wakes who waits")
            try await fixture.sync(old)
            try await fixture.deploy(new)
            try await fixture.finishAllWork()
            #expect(try await fixture.store.status().packages.count == 1)
            #expect(try await shop(fixture).state == .synced)
        }
    }

    @Test func `a deploy that runs when its repo is removed and added again is destroyed first`() async throws {
        try await StoreFixture.with { fixture in
            let (removed, old) = try await fixture.builtShop()
            let deploy = try #require(try await fixture.sync(old))
            let start = try await fixture.start(try await fixture.run(of: deploy))
            try await fixture.remove(removed, .destroy)
            let (_, new) = try await fixture.builtShop()
            #expect(try await startDeploy(new, fixture) == nil)
            try await fixture.store.finishRun(start.spec.run, leaseToken: start.leaseToken, RunResult(error: nil))
            #expect(try await startDeploy(new, fixture) == nil)
            try await fixture.deploy(old)
            try await fixture.deploy(new)
            try await fixture.finishAllWork()
            #expect(try await shop(fixture).state == .synced)
        }
    }

    @Test func `the removed and the new are told apart in the status`() async throws {
        try await StoreFixture.with { fixture in
            let (removed, _) = try await fixture.deployedShop()
            try await fixture.remove(removed, .destroy)
            _ = try await fixture.builtShop()
            let status = try await fixture.store.status().packages
            #expect(status.map(\.repo.rawValue) == ["shop", "shop (\(removed), removed)"])
            #expect(status.map { $0.deployed != nil } == [false, true])
        }
    }

    @Test func `a destroy that failed blocks the repo that was added again until it is retried`() async throws {
        try await StoreFixture.with { fixture in
            let (removed, old) = try await fixture.deployedShop()
            try await fixture.remove(removed, .destroy)
            let (_, new) = try await fixture.builtShop()
            try await fixture.sync(new)
            try await fixture.finishAllWork()
            try await failDestroy(old, fixture)
            #expect(try await fixture.queued(.sync).contains(new.description))
            #expect(try await fixture.sync(new) == nil)
            #expect(try await shop(fixture).state == .blocked)
            for part in ["shop (\(removed))", "it is in use", "sync --retry", "repo remove \(removed) --orphan"] {
                #expect(try await shop(fixture).reason.contains(part), "\(part)")
            }

            try await fixture.store.retry(filter: PlacementFilter(), as: "ann")
            try await fixture.deploy(old)
            try await fixture.deploy(new)
            try await fixture.finishAllWork()
            #expect(try await shop(fixture).state == .synced)
        }
    }

    @Test func `a repo that is removed again with orphan gives up what it could not destroy`() async throws {
        try await StoreFixture.with { fixture in
            let (removed, old) = try await fixture.deployedShop()
            try await fixture.remove(removed, .destroy)
            let (_, new) = try await fixture.builtShop()
            try await failDestroy(old, fixture)
            try await fixture.finishAllWork()
            try await fixture.remove(removed, .orphan)
            #expect(try await fixture.queued(.sync) == [old, new].map(\.description).sorted())
            #expect(try await fixture.sync(old) == nil)
            try await fixture.deploy(new)
            try await fixture.finishAllWork()
            #expect(try await fixture.store.status().packages.count == 1)
            #expect(try await shop(fixture).state == .synced)
        }
    }

    @Test(arguments: RepoRemoval.allCases)
    func `what was removed and forgotten is removed only once`(mode: RepoRemoval) async throws {
        try await StoreFixture.with { fixture in
            let (repo, _) = try await fixture.deployedShop()
            try await fixture.remove(repo, .orphan)
            let error = await #expect(throws: StoreError.self) { try await fixture.remove(repo, mode) }
            #expect(error?.code == .notFound)
        }
    }

    @Test func `a deploy that ends after its repo was orphaned is left as it is, and frees the name`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, old) = try await fixture.builtShop()
            let deploy = try #require(try await fixture.sync(old))
            let start = try await fixture.start(try await fixture.run(of: deploy))
            try await fixture.remove(repo, .orphan)
            let (_, new) = try await fixture.builtShop()
            #expect(try await startDeploy(new, fixture) == nil, "the deploy still runs")
            try await fixture.finishAllWork()
            try await fixture.store.finishRun(start.spec.run, leaseToken: start.leaseToken, RunResult(error: nil))
            #expect(try await fixture.queued(.sync).contains(new.description))
            #expect(try await fixture.sync(old) == nil)
            #expect(try await startDestroy(old, fixture) == nil)
            try await fixture.deploy(new)
            try await fixture.finishAllWork()
            #expect(try await fixture.store.status().packages.count == 1)
            #expect(try await fixture.count("SELECT count(*) FROM deployment WHERE kind = 'destroy'") == 0)
        }
    }

    @Test func `orphaning cancels a deploy and a destroy that have not begun`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, placement) = try await fixture.deployedShop()
            try await fixture.aim(placement, at: nil)
            let destroy = try #require(try await fixture.sync(placement))
            try await fixture.remove(repo, .orphan)
            #expect(try await fixture.store.run(try await fixture.run(of: destroy))?.state == .canceled)
            #expect(try await fixture.sync(placement) == nil)

            let (again, new) = try await fixture.builtShop()
            let deploy = try #require(try await fixture.sync(new))
            try await fixture.remove(again, .orphan)
            #expect(try await fixture.store.run(try await fixture.run(of: deploy))?.state == .canceled)
            #expect(try await fixture.sync(new) == nil)
        }
    }

    @Test func `a destroy that was planned before its repo was orphaned does not begin`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, placement) = try await fixture.deployedShop()
            try await fixture.aim(placement, at: nil)
            try await fixture.remove(repo, .orphan)
            #expect(try await startDestroy(placement, fixture) == nil)
        }
    }

    @Test func `orphaning the repo of an environment destroys nothing that others run there`() async throws {
        try await StoreFixture.with { fixture in
            let owner = try await fixture.addRepo("file:///srv/environments.git")
            try await fixture.deliver(try await fixture.push(owner), name: "environments")
            let repo = try await fixture.addRepo()
            try await fixture.deliver(try await fixture.push(repo), environments: [], packages: [.named("api")])
            let build = try await fixture.build("api")
            let placement = try await fixture.placement("api")
            try await fixture.aim(placement, at: build)
            try await fixture.deploy(placement)
            try await fixture.remove(owner, .orphan)
            #expect(try await fixture.sync(placement) == nil)
            #expect(try await fixture.status("api") == nil)

            let again = try await fixture.addRepo("file:///srv/environments.git")
            try await fixture.deliver(try await fixture.push(again), name: "environments")
            try await fixture.aim(placement, at: build)
            try await fixture.deploy(placement)
            try await fixture.finishAllWork()
            #expect(try await fixture.status("api")?.state == .synced, "what comes back is deployed again")
        }
    }

    @Test func `a run that was begun under a name keeps the name until it ends`() async throws {
        try await StoreFixture.with { fixture in
            let (first, old) = try await fixture.builtShop()
            let deploy = try #require(try await fixture.sync(old))
            let start = try await fixture.start(try await fixture.run(of: deploy))
            try await fixture.deliver(try await fixture.push(first), name: "store")
            let (_, new) = try await fixture.builtShop("file:///srv/other.git")
            #expect(try await startDeploy(new, fixture) == nil)
            #expect(try await fixture.sync(new) == nil)
            #expect(try await shop(fixture).reason.contains("waits for store (\(first))"))
            try await fixture.finishAllWork()
            try await fixture.store.finishRun(start.spec.run, leaseToken: start.leaseToken, RunResult(error: nil))
            #expect(try await fixture.queued(.sync).contains(new.description))
            try await fixture.deploy(new)
            try await fixture.finishAllWork()
            #expect(try await shop(fixture).state == .synced)
        }
    }
}
