import Foundation
import Model
import Postgres
import Store
import Testing

struct StatusTests {
    @Test func `a package's way from push to deployed, as status shows it`() async throws {
        try await StoreFixture.with { fixture in
            func state() async throws -> String {
                guard let element = try await fixture.status("api") else { return "not shown" }
                return element.reason.isEmpty ? element.state.rawValue : "\(element.state.rawValue): \(element.reason)"
            }
            let repo = try await fixture.addRepo()
            #expect(try await state() == "not shown")
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            #expect(try await state() == "progressing: build 1 is pending")
            let build = try await fixture.build("api")
            #expect(try await state() == "progressing: the policy is being asked")
            let placement = try await fixture.placement("api")
            try await fixture.decide(placement, build, .later(message: "not yet"))
            try await fixture.finishAllWork()
            #expect(try await state() == "waiting: not yet")
            try await fixture.decide(placement, build, .failed(error: "steps used up"))
            #expect(try await state() == "failed: policy failed: steps used up")
            try await fixture.decide(placement, build, .ready(inputs: [:], validAfterSeconds: 0))
            try await fixture.aim(placement, at: build)
            #expect(try await state() == "progressing: build 1 is to be deployed")
            try await fixture.deploy(placement, outputs: ["url": .string("http://a")])
            try await fixture.finishAllWork()
            #expect(try await state() == "synced")
            let element = try #require(try await fixture.status("api"))
            #expect(element.target?.build.id == build.id && element.deployed?.build.id == build.id)
            #expect(element.deployed?.outputs == ["url": .string("http://a")])
            _ = try await fixture.push(repo)
            #expect(try await state() == "progressing: a change is being delivered")
        }
    }

    @Test func `a condition of Sync is shown, and a newer target hides the old one`() async throws {
        try await StoreFixture.with { fixture in
            let (_, placement) = try await fixture.deployedShop()
            let build = try await fixture.newestBuild("api")
            let expected: [(SyncCondition.Kind, PlacementState)] = [
                (.retrying, .progressing), (.delayed, .waiting), (.blocked, .blocked), (.failed, .failed),
            ]
            for (kind, state) in expected {
                try await fixture.store.transaction(as: "sync") { tx throws(StoreError) in
                    try await tx.setCondition(placement, SyncCondition(kind: kind, reason: "why"), observed: nil)
                }
                let element = try await fixture.status("api")
                #expect(element?.state == state && element?.reason == "why")
            }
            try await fixture.aim(placement, at: build, inputs: ["x": .value(.int(1))])
            #expect(try await fixture.status("api")?.state == .progressing)
        }
    }

    @Test func `a skip empties the target, and what was deployed goes`() async throws {
        try await StoreFixture.with { fixture in
            let (_, placement) = try await fixture.deployedShop()
            try await fixture.aim(placement, at: try await fixture.newestBuild("api"), isRunning: false)
            let element = try #require(try await fixture.status("api"))
            #expect(element.target == nil && element.deployed != nil && element.state == .progressing)
            try await fixture.deploy(placement)
            try await fixture.finishAllWork()
            let after = try #require(try await fixture.status("api"))
            #expect(after.state == .absent && after.deployed == nil)
        }
    }

    @Test func `a filter chooses by repo, package and environment`() async throws {
        try await StoreFixture.with { fixture in
            let (first, second) = (try await fixture.addRepo("file:///a"), try await fixture.addRepo("file:///b"))
            let environments: [EnvironmentDeclaration] = [.named("staging"), .named("prod")]
            try await fixture.deliver(
                try await fixture.push(second), name: "b", environments: environments,
                packages: [.named("web"), .named("api")])
            try await fixture.deliver(
                try await fixture.push(first), name: "a", environments: environments, packages: [.named("api")])
            func shown(_ filter: StatusFilter) async throws -> [String] {
                try await fixture.store.status(filter).packages.map { "\($0.repo)/\($0.package)/\($0.environment)" }
            }
            #expect(
                try await shown(.init()) == [
                    "a/api/prod", "a/api/staging", "b/api/prod", "b/api/staging", "b/web/prod", "b/web/staging",
                ])
            #expect(try await shown(.init(repo: "b", environment: "prod")) == ["b/api/prod", "b/web/prod"])
            #expect(try await shown(.init(repo: first.description)) == ["a/api/prod", "a/api/staging"])
            #expect(try await shown(.init(package: "web", environment: "staging")) == ["b/web/staging"])
            #expect(try await shown(.init(repo: "nowhere")).isEmpty)
        }
    }
}
