import Foundation
import Model
import Postgres
import Store
import Testing

struct SyncTests {
    /// A repo with one built package, and its placement in prod.
    private func withBuiltShop(
        functions: Set<PackageFunction> = [.build, .deploy, .destroy],
        _ body: (StoreFixture, PlacementID, Build) async throws -> Void
    ) async throws {
        try await StoreFixture.with(maxConnections: 20) { fixture in
            try await fixture.deliver(
                try await fixture.push(try await fixture.addRepo()), packages: [.named("api", functions: functions)])
            if functions.contains(.build) { try await fixture.build("api") }
            try await body(fixture, try await fixture.placement("api"), try await fixture.newestBuild("api"))
        }
    }

    @Test func `of 20 that start a deployment at once one does, whatever attempt they name`() async throws {
        try await withBuiltShop { fixture, placement, build in
            try await fixture.aim(placement, at: build)
            let started = try await withThrowingTaskGroup(of: DeploymentID?.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        try await fixture.store.transaction(as: "sync") { tx throws(StoreError) in
                            try await tx.startDeployment(
                                placement, generation: 1, attempt: number % 5 + 1, kind: .deploy, build: build.id,
                                inputs: [:])
                        }
                    }
                }
                return try await group.reduce(into: [DeploymentID]()) { if let id = $1 { $0.append(id) } }
            }
            #expect(started.count == 1)
            #expect(try await fixture.count("SELECT count(*) FROM deployment") == 1)
            #expect(try await fixture.count("SELECT count(*) FROM run WHERE kind = 'deploy'") == 1)
        }
    }

    @Test func `an attempt at a generation that has passed is not started`() async throws {
        try await withBuiltShop { fixture, placement, build in
            try await fixture.aim(placement, at: build)
            try await fixture.aim(placement, at: nil)
            let started = try await fixture.store.transaction(as: "sync") { tx throws(StoreError) in
                try await tx.startDeployment(
                    placement, generation: 1, attempt: 1, kind: .deploy, build: build.id, inputs: [:])
            }
            #expect(started == nil)
        }
    }

    @Test func `a deployment's end is seen by its placement and by all who take its outputs`() async throws {
        try await withBuiltShop { fixture, placement, build in
            let repo = try #require(try await fixture.store.repos().first).id
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("web")])
            let (web, webBuild) = (try await fixture.placement("web"), try await fixture.build("web"))
            let url = OutputReference(repo: nil, package: "api", environment: nil, output: "url")
            try await fixture.aim(web, at: webBuild, inputs: ["api": .output(url)])
            try await fixture.finishAllWork()
            try await fixture.sync(web)
            #expect(try await fixture.status("web")?.state == .blocked)
            #expect(
                try await fixture.status("web")?.reason == "input 'api': shop//api@prod is not deployed")
            try await fixture.aim(placement, at: build)
            try await fixture.finishAllWork()
            try await fixture.deploy(placement, outputs: ["url": .string("http://a")])
            #expect(try await fixture.queued(.sync) == [placement, web].map(\.description))
            try await fixture.deploy(web)
            try await fixture.finishAllWork()
            // The same outputs again concern nobody; others do.
            try await fixture.aim(placement, at: build, inputs: ["x": .value(.int(1))])
            try await fixture.deploy(placement, outputs: ["url": .string("http://a")])
            #expect(try await fixture.queued(.sync) == [placement.description])
            try await fixture.aim(placement, at: build, inputs: ["x": .value(.int(2))])
            try await fixture.deploy(placement, outputs: ["url": .string("http://b")])
            #expect(try await fixture.queued(.sync) == [placement, web].map(\.description))
            let facts = try #require(try await fixture.store.syncFacts(web)).facts
            #expect(facts.inputs == .resolved(["api": .string("http://b")]))
            #expect(facts.deployed?.inputs == ["api": .string("http://a")])
        }
    }

    @Test func `a circle of dependencies is found by name`() async throws {
        try await withBuiltShop { fixture, api, apiBuild in
            let repo = try #require(try await fixture.store.repos().first).id
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("web")])
            let (web, webBuild) = (try await fixture.placement("web"), try await fixture.build("web"))
            func output(_ package: PackageName) -> [String: InputSource] {
                ["other": .output(OutputReference(repo: "shop", package: package, environment: "prod", output: nil))]
            }
            try await fixture.aim(api, at: apiBuild, inputs: output("web"))
            #expect(try await fixture.store.syncFacts(api)?.facts.cycle == nil)
            try await fixture.finishAllWork()
            try await fixture.aim(web, at: webBuild, inputs: output("api"))
            // Who was blocked for want of an output is now part of a cycle, and has to say so.
            #expect(try await fixture.queued(.sync).contains(api.description))
            let cycle = try await fixture.store.syncFacts(api)?.facts.cycle
            #expect(cycle?.map(\.package) == ["api", "web", "api"])
        }
    }

    @Test func `without a deploy function there is nothing to run, and it is deployed at once`() async throws {
        try await withBuiltShop(functions: []) { fixture, placement, build in
            try await fixture.aim(placement, at: build)
            try await fixture.sync(placement)
            try await fixture.sync(placement)
            try await fixture.finishAllWork()
            #expect(try await fixture.store.syncFacts(placement)?.facts.deployed?.build == build.id)
            #expect(try await fixture.count("SELECT count(*) FROM run") == 0)
            try await fixture.aim(placement, at: nil)
            try await fixture.sync(placement)
            #expect(try await fixture.store.syncFacts(placement)?.facts.deployed == nil)
        }
    }

    @Test func `a failed deploy leaves what is deployed, counts, and a person can forgive it`() async throws {
        try await withBuiltShop { fixture, placement, build in
            try await fixture.aim(placement, at: build)
            try await fixture.deploy(placement)
            let deployed = try #require(try await fixture.store.syncFacts(placement)).facts.deployed
            try await fixture.aim(placement, at: build, inputs: ["x": .value(.int(1))])
            let attempt = try #require(try await fixture.sync(placement))
            let start = try await fixture.start(try await fixture.run(of: attempt))
            try await fixture.store.loseRun(start.spec.run, attempt: 1, reason: "killed")
            let facts = try #require(try await fixture.store.syncFacts(placement)).facts
            #expect(facts.deployed?.id == deployed?.id)
            #expect(facts.isDisturbed)
            #expect(facts.failures.count == 1 && facts.failures.lastAttempt == 1)
            #expect(facts.failures.lastError == "the runner was lost: killed")
            try await fixture.store.transaction(as: "sync") { tx throws(StoreError) in
                try await tx.setCondition(placement, SyncCondition(kind: .failed, reason: "no"), observed: nil)
            }
            #expect(try await fixture.store.retry(filter: .init(package: "other"), as: "ann") == 0)
            #expect(try await fixture.store.retry(filter: .init(repo: "shop", environment: "prod"), as: "ann") == 1)
            let forgiven = try #require(try await fixture.store.syncFacts(placement)).facts.failures
            #expect(forgiven.count == 0 && forgiven.lastAttempt == 1)
        }
    }

    @Test func `a build that is deployed and destroyed without end is paused, another one is not`() async throws {
        try await withBuiltShop(functions: [.build]) { fixture, placement, build in
            for _ in 0..<15 {
                for target in [build, nil] {
                    #expect(try await fixture.store.syncFacts(placement)?.facts.repeatedSince == nil)
                    try await fixture.aim(placement, at: target)
                    #expect(try await fixture.sync(placement) != nil)
                }
            }
            try await fixture.aim(placement, at: build)
            let facts = try #require(try await fixture.store.syncFacts(placement)).facts
            guard case .waitForPause(let date, _) = SyncPlan.make(facts) else {
                Issue.record("it goes on")
                return
            }
            #expect(date > facts.now && date <= facts.now + RepeatLimit.windowSeconds)
            let repo = try #require(try await fixture.store.repos().first).id
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api", functions: [.build])])
            try await fixture.aim(placement, at: try await fixture.build("api"))
            #expect(try await fixture.sync(placement) != nil)
        }
    }

    @Test func `an attempt is canceled only before a runner took it`() async throws {
        try await withBuiltShop { fixture, placement, build in
            try await fixture.aim(placement, at: build)
            let first = try #require(try await fixture.sync(placement))
            func cancel(_ id: DeploymentID) async throws -> Bool {
                try await fixture.store.transaction(as: "sync") { tx throws(StoreError) in
                    try await tx.cancelDeployment(id)
                }
            }
            #expect(try await cancel(first))
            #expect(try await fixture.store.syncFacts(placement)?.facts.active == nil)
            let second = try #require(try await fixture.sync(placement))
            _ = try await fixture.start(try await fixture.run(of: second))
            #expect(try await cancel(second) == false)
            #expect(try await fixture.store.syncFacts(placement)?.facts.active?.state == .running)
        }
    }

    @Test func `a condition is news when it changes, and ignored when the generation has passed`() async throws {
        try await withBuiltShop { fixture, placement, build in
            try await fixture.aim(placement, at: build)
            let before = try await fixture.store.latestEvent()
            for observed in [nil, nil, Int64(0)] {
                let kind: SyncCondition.Kind = observed == nil ? .blocked : .settled
                try await fixture.store.transaction(as: "sync") { tx throws(StoreError) in
                    try await tx.setCondition(placement, SyncCondition(kind: kind, reason: "r"), observed: observed)
                }
            }
            #expect(try await fixture.store.events(after: before, limit: 10).map(\.kind) == ["placement.blocked"])
            #expect(try await fixture.store.unsettledPlacements() == [placement])
        }
    }

    @Test func `a build without success can be queued again by a person, with a run of its own`() async throws {
        try await StoreFixture.with { fixture in
            try await fixture.deliver(try await fixture.push(try await fixture.addRepo()), packages: [.named("api")])
            let failed = try await fixture.build("api", RunResult(error: "no disk"))
            #expect(try await fixture.store.retry(filter: .init(package: "api"), as: "ann") == 1)
            #expect(try await fixture.newestBuild("api").state == .pending)
            #expect(try await fixture.build("api").state == .succeeded)
            #expect(try await fixture.store.runs(RunFilter(build: failed.id)).count == 2)
        }
    }
}
