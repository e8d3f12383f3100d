import Foundation
import Model
import Postgres
import Store
import Testing

struct EnvironmentTests {
    private func environment(_ name: EnvironmentName, region: String) -> EnvironmentDeclaration {
        EnvironmentDeclaration(name: name, attributes: ["region": .string(region)], isArchived: false)
    }

    @Test func `one that another repo declared first and differently is refused`() async throws {
        try await StoreFixture.with { fixture in
            let (first, second) = (try await fixture.addRepo("file:///a"), try await fixture.addRepo("file:///b"))
            try await fixture.deliver(
                try await fixture.push(first), name: "a", environments: [environment("prod", region: "eu")])
            let change = try await fixture.push(second)
            let error = await #expect(throws: StoreError.self) {
                try await fixture.deliver(change, name: "b", environments: [environment("prod", region: "us")])
            }
            #expect(error?.code == .conflict)
            #expect(error?.reason.contains("'prod' is declared differently by a") == true)
            try await fixture.deliver(change, name: "b", environments: [environment("prod", region: "eu")])
            // Who declared it first may change it, and leave it to the other.
            try await fixture.deliver(
                try await fixture.push(first), name: "a", environments: [environment("prod", region: "asia")])
            try await fixture.deliver(try await fixture.push(first), name: "a", environments: [])
            let region: String = try await fixture.pool.query(
                "SELECT attributes ->> 'region' FROM environment WHERE removed_at IS NULL"
            ).one()[0]
            #expect(region == "eu")
        }
    }

    @Test func `a float without a fraction is not a change each time`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            let declared = EnvironmentDeclaration(name: "prod", attributes: ["weight": .double(1)], isArchived: false)
            for _ in 1...2 { try await fixture.deliver(try await fixture.push(repo), environments: [declared]) }
            let kinds = try await fixture.store.events(after: nil, limit: 100).map(\.kind)
            #expect(kinds.filter { $0.hasPrefix("environment.") } == ["environment.added"])
        }
    }

    @Test func `a new environment is open to every package of every repo, whose policies are asked`() async throws {
        try await StoreFixture.with { fixture in
            let (first, second) = (try await fixture.addRepo("file:///a"), try await fixture.addRepo("file:///b"))
            try await fixture.deliver(try await fixture.push(first), name: "a", packages: [.named("api")])
            try await fixture.build("api")
            try await fixture.finishAllWork()
            try await fixture.deliver(
                try await fixture.push(second), name: "b", environments: [.named("staging")], packages: [.named("web")])
            _ = try await fixture.placement("api", "staging")
            _ = try await fixture.placement("web", "prod")
            _ = try await fixture.placement("web", "staging")
            #expect(try await fixture.queued(.promote) == [try await fixture.package("api").description])
        }
    }

    @Test func `what runs in an archived environment is destroyed, and comes back when it is opened`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, placement) = try await fixture.deployedShop()
            try await fixture.deliver(
                try await fixture.push(repo), environments: [.named("prod", isArchived: true)])
            #expect(try await fixture.queued(.sync) == [placement.description])
            #expect(try await fixture.status("api")?.state == .progressing)
            let facts = try #require(try await fixture.store.promoteFacts(try await fixture.package("api")))
            #expect(facts.places.isEmpty)
            try await fixture.deploy(placement)
            #expect(try await fixture.status("api") == nil)
            try await fixture.deliver(try await fixture.push(repo))
            let opened = try #require(try await fixture.store.promoteFacts(try await fixture.package("api")))
            #expect(opened.places.map(\.environment.name) == ["prod"])
            #expect(opened.candidates.count == 1)
            #expect(try await fixture.queued(.promote).count == 1)
        }
    }

    @Test func `one that is declared no more is as good as archived`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, placement) = try await fixture.deployedShop()
            try await fixture.deliver(try await fixture.push(repo), environments: [])
            let facts = try #require(try await fixture.store.syncFacts(placement)).facts
            #expect(facts.target?.isRunning == false)
            let set = try await fixture.store.transaction(as: "promote") { tx throws(StoreError) in
                try await tx.setTarget(
                    placement, NewTarget(build: nil, isRunning: false, reason: "late"), replacing: 2)
            }
            #expect(set == false)
        }
    }

    @Test func `one that is declared twice is refused`() async throws {
        try await StoreFixture.with { fixture in
            let change = try await fixture.push(try await fixture.addRepo())
            let error = await #expect(throws: StoreError.self) {
                try await fixture.deliver(change, environments: [.named("prod"), .named("prod")])
            }
            #expect(error?.reason == "environment 'prod' is declared twice in repo.ocu.star")
        }
    }
}
