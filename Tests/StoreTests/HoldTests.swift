import Foundation
import Model
import Postgres
import Store
import Testing

struct HoldTests {
    @Test func `a hold starts nothing: no deploy, no destroy, no renewal, and the target stays`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, placement) = try await fixture.deployedShop()
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            let second = try await fixture.build("api")
            try await fixture.steer("Ocuroot-Hold: api@prod careful")
            await #expect(throws: FixtureError.self) { try await fixture.aim(placement, at: second) }
            await #expect(throws: FixtureError.self) { try await fixture.aim(placement, at: nil) }
            let renewed = try await fixture.store.transaction(as: "sync") { tx throws(StoreError) in
                try await tx.renewTarget(placement, generation: 1, reason: "input changed")
            }
            #expect(renewed == false)
            try await fixture.decide(placement, second, .ready(inputs: [:], validAfterSeconds: 0))
            try await fixture.finishAllWork()
            let element = try await fixture.element("api")
            #expect(element.state == .held && element.reason == "on hold by ann: careful")
            #expect(element.hold?.by == "ann" && element.deployed?.build.sequence == 1)
            try await fixture.steer("Ocuroot-Resume: api@prod")
            try await fixture.aim(placement, at: second)
            #expect(try await fixture.sync(placement) != nil)
        }
    }

    @Test func `what was decided before the hold and has not begun waits for its end`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, placement) = try await fixture.deployedShop()
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            try await fixture.aim(placement, at: try await fixture.build("api"))
            let deployment = try #require(try await fixture.sync(placement))
            try await fixture.steer("Ocuroot-Hold: api@prod")
            let facts = try #require(try await fixture.store.syncFacts(placement)).facts
            #expect(SyncPlan.make(facts) == .cancel(deployment))
            try await fixture.store.transaction(as: "sync") { tx throws(StoreError) in
                _ = try await tx.cancelDeployment(deployment)
            }
            let later = try #require(try await fixture.store.syncFacts(placement)).facts
            #expect(SyncPlan.make(later) == .held("on hold by ann"))
            let build = try #require(later.target?.build)
            let started = try await fixture.store.transaction(as: "sync") { tx throws(StoreError) in
                try await tx.startDeployment(
                    placement, generation: 2, attempt: 2, kind: .deploy, build: build, inputs: [:])
            }
            #expect(started == nil)
        }
    }

    @Test func `a held element is only called so while something newer is kept from it`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, placement) = try await fixture.deployedShop()
            try await fixture.steer("Ocuroot-Hold: *@prod frozen")
            try await fixture.finishAllWork()
            let calm = try await fixture.element("api")
            #expect(calm.state == .synced && calm.hold?.reason == "frozen")
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            let second = try await fixture.build("api")
            try await fixture.decide(placement, second, .later(message: "soak"))
            try await fixture.finishAllWork()
            #expect(try await fixture.element("api").state == .waiting)
            try await fixture.decide(placement, second, .skip)
            #expect(try await fixture.element("api").state == .held)
        }
    }

    @Test func `a hold keeps what runs from being destroyed, and its end catches up`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, placement) = try await fixture.deployedShop()
            try await fixture.steer("Ocuroot-Hold: api")
            try await fixture.deliver(try await fixture.push(repo), removed: ["api"])
            #expect(try await fixture.generation(placement) == 1)
            try await fixture.finishAllWork()
            #expect(try await fixture.element("api").state == .held)
            try await fixture.steer("Ocuroot-Resume: api@prod")
            #expect(try await fixture.generation(placement) == 2)
            #expect(try await fixture.sync(placement) != nil)
        }
    }

    @Test func `a pin ends with its package or environment, and a removed repo is destroyed though it is held`()
        async throws
    {
        try await StoreFixture.with { fixture in
            let (repo, placement) = try await fixture.deployedShop()
            try await fixture.steer("Ocuroot-Pin: api@prod=1", "Ocuroot-Hold: api@prod")
            try await fixture.remove(repo, .destroy)
            #expect(try await fixture.count("SELECT count(*) FROM restraint WHERE ended_at IS NULL") == 0)
            #expect(
                try await fixture.events("steering.ended").map(\.message).sorted() == [
                    "api@prod is no longer on hold: the repository is no longer watched",
                    "api@prod is no longer pinned: the repository is no longer watched",
                ])
            #expect(try await fixture.generation(placement) == 2)
            let (again, second) = try await fixture.builtShop("file:///srv/again.git")
            try await fixture.steer("Ocuroot-Pin: api@prod=1")
            try await fixture.deliver(
                try await fixture.push(again), environments: [.named("prod", isArchived: true)])
            #expect(try await fixture.count("SELECT count(*) FROM restraint WHERE ended_at IS NULL") == 0)
            #expect(try await fixture.generation(second) == 2)
        }
    }

    @Test func `a hold by pattern holds what comes later, unless that was resumed since`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            try await fixture.steer("Ocuroot-Hold: *@prod frozen", "Ocuroot-Hold: web@staging")
            let environments: [EnvironmentDeclaration] = [.named("prod"), .named("staging")]
            try await fixture.deliver(
                try await fixture.push(repo), environments: environments,
                packages: [.named("docs", functions: [])])
            #expect(try await fixture.element("docs").hold?.reason == "frozen")
            #expect(
                try await fixture.events("steering.extended").map(\.message) == [
                    "docs@prod is on hold from the start, as ann asked for all that fits"
                ])
            #expect(try await fixture.element("docs", "staging").hold == nil)
            try await fixture.steer("Ocuroot-Resume: do*")
            try await fixture.deliver(
                try await fixture.push(repo), environments: environments,
                packages: [.named("down", functions: []), .named("up", functions: [])])
            #expect(try await fixture.element("down").hold == nil)
            #expect(try await fixture.element("up").hold != nil)
            try await fixture.steer("Ocuroot-Resume: *")
            try await fixture.deliver(
                try await fixture.push(repo), environments: environments, packages: [.named("more", functions: [])])
            #expect(try await fixture.element("more").hold == nil)
        }
    }

    @Test func `a pin goes before a hold until its build is deployed`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, placement) = try await fixture.deployedShop()
            let first = try await fixture.newestBuild("api")
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            try await fixture.aim(placement, at: try await fixture.build("api"))
            try await fixture.deploy(placement)
            try await fixture.steer("Ocuroot-Hold: api@prod", "Ocuroot-Pin: api@prod=1")
            try await fixture.aim(placement, at: first)
            try await fixture.deploy(placement)
            let facts = try #require(try await fixture.store.syncFacts(placement)).facts
            #expect(facts.deployed?.build == first.id && facts.pinned == first.id)
            #expect(SyncPlan.make(facts) == .settled)
        }
    }

    @Test func `what failed is tried again by a trailer with a pattern`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            try await fixture.build("api", RunResult(error: "red"))
            #expect(try await fixture.newestBuild("api").state == .failed)
            let change = try await fixture.push(repo, trailers: "Ocuroot-Retry: a*")
            #expect(try await fixture.newestBuild("api").state == .pending)
            #expect(try await fixture.store.steering(of: change.id).map(\.state) == [.applied])
            let queued = try #require(try await fixture.events("build.queued").last)
            #expect(queued.message.contains("Ann <ann@example.com> asked for it"))
        }
    }
}
