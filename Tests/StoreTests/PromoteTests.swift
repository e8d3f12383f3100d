import Foundation
import Model
import Postgres
import Store
import Testing

struct PromoteTests {
    /// A repo with one package that has so many succeeded Builds.
    private func withBuilds(
        _ count: Int, _ body: (StoreFixture, PackageID, PlacementID) async throws -> Void
    ) async throws {
        try await StoreFixture.with(maxConnections: 8) { fixture in
            let repo = try await fixture.addRepo()
            for _ in 0..<count {
                try await fixture.deliver(try await fixture.push(repo), packages: [.named("api", functions: [.deploy])])
            }
            try await body(fixture, try await fixture.package("api"), try await fixture.placement("api"))
        }
    }

    @Test func `the candidates are the newest builds down to the oldest that is targeted, 50 at most`() async throws {
        try await withBuilds(53) { fixture, package, placement in
            let store = fixture.store
            let all = try #require(try await store.promoteFacts(package)).candidates
            #expect(all.map(\.sequence) == (4...53).reversed().map(Int64.init))
            try await fixture.aim(placement, at: all.first { $0.sequence == 51 })
            let facts = try #require(try await store.promoteFacts(package))
            #expect(facts.candidates.map(\.sequence) == [53, 52, 51])
            #expect(facts.places.first?.targetSequence == 51)
            #expect(facts.places.first?.target?.isRunning == true)
            #expect(try await store.promoteFacts(PackageID(rawValue: 999)) == nil)
        }
    }

    @Test func `an answer is dated when it was first given, and recorded when it changes`() async throws {
        try await withBuilds(1) { fixture, package, placement in
            let build = try await fixture.newestBuild("api")
            let inputs: [String: InputSource] = ["weight": .value(.double(1)), "name": .value(.string("a\u{1F600}"))]
            func record(_ answer: PolicyAnswer) async throws -> Date? {
                try await fixture.store.transaction(as: "promote") { tx throws(StoreError) in
                    try await tx.recordDecisions(placement, [(build.id, answer)])
                }[build.id]
            }
            #expect(try await fixture.store.packagesToDecide() == [package])
            let first = try await record(.ready(inputs: inputs, validAfterSeconds: 60))
            #expect(first != nil)
            #expect(try await record(.ready(inputs: inputs, validAfterSeconds: 60)) == first)
            #expect(try await record(.later(message: "not on\0 Fridays")) != first)
            #expect(try await fixture.store.packagesToDecide().isEmpty)
            #expect(try await fixture.count("SELECT count(*) FROM decision") == 2)
            let facts = try #require(try await fixture.store.promoteFacts(package))
            #expect(facts.places.first?.decisions[build.id]?.answer == .later(message: "not on\u{FFFD} Fridays"))
        }
    }

    @Test func `a target that says the same is not set again`() async throws {
        try await withBuilds(1) { fixture, _, placement in
            let build = try await fixture.newestBuild("api")
            let inputs: [String: InputSource] = [
                "weight": .value(.double(1)),
                "api": .output(OutputReference(repo: nil, package: "db", environment: nil, output: "url")),
            ]
            for _ in 1...3 { try await fixture.aim(placement, at: build, inputs: inputs) }
            #expect(try await fixture.generation(placement) == 1)
            try await fixture.aim(placement, at: build)
            #expect(try await fixture.generation(placement) == 2)
            #expect(try await fixture.count("SELECT count(*) FROM input_watch") == 0)
        }
    }

    @Test func `of two deciders at once the second is told that the target moved`() async throws {
        try await withBuilds(2) { fixture, _, placement in
            let build = try await fixture.newestBuild("api")
            let set = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        try await fixture.store.transaction(as: "promote") { tx throws(StoreError) in
                            try await tx.setTarget(
                                placement,
                                NewTarget(
                                    build: build.id, isRunning: true, inputs: ["n": .value(.int(Int64(number)))],
                                    reason: "ready"),
                                replacing: 0)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(set.filter { $0 }.count == 1)
            #expect(try await fixture.generation(placement) == 1)
        }
    }

    @Test func `a build of another package is refused`() async throws {
        try await withBuilds(1) { fixture, _, placement in
            let repo = try #require(try await fixture.store.repos().first).id
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("web")])
            let build = try await fixture.newestBuild("web")
            let error = await #expect(throws: StoreError.self) {
                try await fixture.store.transaction(as: "promote") { tx throws(StoreError) in
                    try await tx.setTarget(
                        placement, NewTarget(build: build.id, isRunning: true, reason: ""), replacing: 0)
                }
            }
            #expect(error?.code == .invalid)
        }
    }

    @Test func `a renewed target is the same one generation on`() async throws {
        try await withBuilds(1) { fixture, _, placement in
            let build = try await fixture.newestBuild("api")
            try await fixture.aim(placement, at: build, inputs: ["x": .value(.int(1))])
            func renew(_ generation: Int64) async throws -> Bool {
                try await fixture.store.transaction(as: "sync") { tx throws(StoreError) in
                    try await tx.renewTarget(placement, generation: generation, reason: "input 'x' changed")
                }
            }
            #expect(try await renew(1))
            #expect(try await renew(1) == false)
            let target = try #require(try await fixture.store.syncFacts(placement)).facts.target
            #expect(target?.generation == 2 && target?.build == build.id && target?.inputs == ["x": .value(.int(1))])
        }
    }

    @Test func `a policy that read a package's deployments is asked again when they change`() async throws {
        try await withBuilds(1) { fixture, package, placement in
            let repo = try #require(try await fixture.store.repos().first).id
            try await fixture.deliver(
                try await fixture.push(repo), packages: [.named("web", functions: [])])
            for reads: [(RepoName, PackageName)] in [[("shop", "db")], [("shop", "web"), ("other", "x")]] {
                try await fixture.store.transaction(as: "promote") { tx throws(StoreError) in
                    try await tx.recordPolicyReads(package, reads)
                }
            }
            #expect(try await fixture.count("SELECT count(*) FROM policy_watch") == 2)
            try await fixture.finishAllWork()
            let web = try await fixture.placement("web")
            try await fixture.aim(web, at: try await fixture.newestBuild("web"))
            try await fixture.sync(web)
            #expect(try await fixture.queued(.promote).contains(package.description))
            let deployed = try await fixture.store.deployedEnvironments(for: package)
            #expect(deployed.map(\.environment.name) == ["prod"])
            #expect(deployed.first?.packages.map(\.package) == ["web"])
        }
    }

    @Test func `what a deploy says of its build is kept, and the policy is asked`() async throws {
        try await withBuilds(1) { fixture, package, placement in
            let build = try await fixture.newestBuild("api")
            for value in [1, 1, 2] as [Int64] {
                try await fixture.aim(placement, at: build, inputs: ["n": .value(.int(value))])
                guard let deployment = try await fixture.sync(placement) else { continue }
                try await fixture.finishAllWork()
                let run = try await fixture.run(of: deployment)
                try await fixture.finish(run, RunResult(error: nil, annotations: ["tested": .int(value)]))
            }
            #expect(try await fixture.newestBuild("api").annotations == ["tested": .int(2)])
            #expect(try await fixture.count("SELECT count(*) FROM annotation") == 2)
            #expect(try await fixture.queued(.promote) == [package.description])
        }
    }
}
