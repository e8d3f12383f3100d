import Model
import Testing

@Suite struct RulesTests {
    private let one = BuildID(rawValue: 1)
    private let two = BuildID(rawValue: 2)
    private let three = BuildID(rawValue: 3)
    private let api = PlacementAddress(repo: "shop", package: "api", environment: "prod")
    private let db = PlacementAddress(repo: "shop", package: "db", environment: "prod")
    private let web = PlacementAddress(repo: "shop", package: "web", environment: "prod")

    @Test func `the newest ready build is chosen, later and failed ones are passed over`() {
        let outcome = PolicyDecision.choose([
            (three, .later(message: "soak")), (two, .failed(error: "boom")),
            (one, .ready(inputs: [:], validAfterSeconds: 0)),
        ])
        #expect(outcome == .run(one, inputs: [:], validAfterSeconds: 0))
    }

    @Test func `skip of a newer build wins over an older ready one`() {
        #expect(
            PolicyDecision.choose([(two, .skip), (one, .ready(inputs: [:], validAfterSeconds: 0))]) == .stop(two))
    }

    @Test func `with nothing but later, what is targeted stands`() {
        #expect(PolicyDecision.choose([(two, .later(message: "")), (one, .later(message: ""))]) == .keep)
        #expect(PolicyDecision.choose([]) == .keep)
    }

    @Test func `inputs resolve against current outputs, the own repo and environment when left out`() {
        let reference = OutputReference(repo: nil, package: "db", environment: nil, output: "url")
        let resolution = InputResolution.resolve(
            ["db": .output(reference), "size": .value(.int(2))], for: api, outputs: [db: ["url": .string("pg://")]])
        #expect(resolution == .resolved(["db": .string("pg://"), "size": .int(2)]))
    }

    @Test func `each missing output is a sentence`() {
        let url = OutputReference(repo: nil, package: "db", environment: nil, output: "url")
        let other = OutputReference(repo: "infra", package: "vpc", environment: "prod", output: nil)
        let resolution = InputResolution.resolve(
            ["db": .output(url), "vpc": .output(other)], for: api, outputs: [db: [:]])
        #expect(
            resolution
                == .missing([
                    "input 'db': shop//db@prod has no output 'url'", "input 'vpc': infra//vpc@prod is not deployed",
                ]))
    }

    @Test func `a cycle is found from each of its members and from nobody else`() {
        let dependencies = [api: [db], db: [web], web: [api]]
        #expect(DependencyCycle.through(api, dependencies: dependencies) == [api, db, web, api])
        #expect(DependencyCycle.through(db, dependencies: dependencies) == [db, web, api, db])
        let outside = [web: [api], api: [db], db: [api]]
        #expect(DependencyCycle.through(web, dependencies: outside) == nil)
        #expect(DependencyCycle.through(api, dependencies: [api: [api]]) == [api, api])
    }

    @Test func `pauses double up to the longest`() {
        let retry = RetryPolicy(attemptsMax: 10, pauseMin: .seconds(2), pauseMax: .seconds(10))
        #expect((1...5).map { retry.pause(afterFailures: $0) } == [2, 4, 8, 10, 10].map { Duration.seconds($0) })
    }

    @Test func `a summary shows work in hand before failures, and failures before rest`() {
        func summary(
            _ condition: SyncCondition.Kind, build: Build.State = .succeeded, answer: PolicyAnswer? = nil,
            packageError: String? = nil, isDeployed: Bool = true, keptBy: String? = nil, awaitedPin: String? = nil
        ) -> PlacementSummary {
            PlacementSummary.make(
                PlacementFacts(
                    packageError: packageError, newestBuild: (4, build, "tests are red"), isDelivering: false,
                    newestAnswer: answer, isDeciding: false, condition: SyncCondition(kind: condition, reason: "why"),
                    isDeployed: isDeployed, keptBy: keptBy, awaitedPin: awaitedPin))
        }
        #expect(summary(.settled).state == .synced)
        #expect(summary(.settled, isDeployed: false).state == .absent)
        #expect(summary(.failed, build: .running).state == .progressing)
        #expect(summary(.settled, build: .failed) == PlacementSummary(.failed, "build 4 failed: tests are red"))
        #expect(summary(.settled, answer: .later(message: "soak")) == PlacementSummary(.waiting, "soak"))
        #expect(summary(.blocked, answer: .later(message: "soak")) == PlacementSummary(.blocked, "why"))
        #expect(summary(.settled, keptBy: "pinned") == PlacementSummary(.held, "pinned"))
        #expect(
            summary(.settled, answer: .later(message: "soak"), keptBy: "pinned") == PlacementSummary(.held, "pinned"))
        #expect(summary(.held) == PlacementSummary(.held, "why"))
        #expect(summary(.settled, keptBy: "pinned", awaitedPin: "running") == PlacementSummary(.waiting, "running"))
        #expect(summary(.acting, keptBy: "pinned").state == .progressing)
        #expect(summary(.blocked, keptBy: "pinned").state == .blocked)
        #expect(summary(.settled, packageError: "p.star:1:2: boom") == PlacementSummary(.failed, "p.star:1:2: boom"))
    }
}
