import Foundation
import Model
import Postgres
import Store
import Testing

struct SteeringTests {
    @Test func `a pin in a commit counts at once, and says who, from where and why`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            try await fixture.finishAllWork()
            let change = try await fixture.push(repo, trailers: "Ocuroot-Pin: api@prod=1")
            let pin = try #require(try await fixture.element("api").pin)
            #expect(pin.build.sequence == 1)
            #expect(pin.by == "Ann <ann@example.com>" && pin.commit == change.commit && pin.reason == "Steer")
            #expect(try await fixture.element("api", "staging").pin == nil)
            #expect(try await fixture.element("web").pin == nil)
            #expect(try await fixture.queued(.promote) == [try await fixture.package("api").description])
            let facts = try #require(try await fixture.store.promoteFacts(try await fixture.package("api")))
            let place = try #require(facts.places.first { $0.environment.name == "prod" })
            #expect(place.pin?.build.sequence == 1)
            #expect(place.pin?.sentence == "pinned to build 1 by Ann in commit \(change.commit.short): Steer")
            let event = try #require(try await fixture.events("steering.applied").first)
            #expect(event.actor == "Ann <ann@example.com>")
            #expect(event.message.hasPrefix("api@prod is pinned to build 1: Ann <ann@example.com> in commit "))
            #expect(event.data["commit"] == .string(change.commit.hex))
            #expect(event.data["placements"] == .array([.string("api@prod")]))
            let reports = try await fixture.store.steering(of: change.id)
            #expect(reports.map(\.state) == [.applied])
            #expect(reports.first?.trailer == "Ocuroot-Pin: api@prod=1")
        }
    }

    @Test func `ten commits in one push are applied in their order, each line once`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop(builds: 9)
            var commits = (1...9).map {
                fixture.commit(["Ocuroot-Pin: api@prod=\($0)", "Ocuroot-Pin: web@prod=\(10 - $0)"])
            }
            commits.append(
                fixture.commit([
                    "Ocuroot-Unpin: web@prod", "Ocuroot-Annotate: api@9 note=a", "Ocuroot-Annotate: api@9 note=b",
                ]))
            let change = try await fixture.push(repo, commits)
            #expect(try await fixture.element("api").pin?.build.sequence == 9)
            #expect(try await fixture.element("web").pin == nil)
            #expect(try await fixture.newestBuild("api").annotations == ["note": .string("b")])
            #expect(
                try await fixture.store.steering(of: change.id).map(\.state)
                    == [SteeringReport.State](repeating: .applied, count: 21))
            #expect(try await fixture.events("steering.applied").count == 21)
            #expect(try await fixture.count("SELECT count(*) FROM restraint") == 18)
            #expect(try await fixture.count("SELECT count(*) FROM restraint WHERE ended_at IS NULL") == 1)
        }
    }

    @Test(arguments: [-Double(1 << 62), -1, 1e15, 0x1p63])
    func `a commit steers whatever time it says that it was made`(seconds: Double) async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            let plain = fixture.commit(["Ocuroot-Pin: api@prod=1"])
            let strange = ChangeCommit(
                commit: plain.commit, author: plain.author, committedAt: Date(timeIntervalSince1970: seconds),
                message: plain.message, trailers: plain.trailers)
            try await fixture.push(repo, [strange])
            #expect(try await fixture.element("api").pin?.build.sequence == 1)
        }
    }

    @Test func `a commit counts once, whatever ref it comes by and however often`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            let pin = fixture.commit(["Ocuroot-Pin: api@prod=1"])
            try await fixture.push(repo, [pin])
            try await fixture.steer("Ocuroot-Unpin: api@prod")
            // By another branch, then by a force-push away and back.
            try await fixture.push(repo, [pin], ref: "refs/heads/release")
            try await fixture.push(repo, [fixture.commit([])])
            try await fixture.push(repo, [pin])
            #expect(try await fixture.element("api").pin == nil)
            #expect(try await fixture.count("SELECT count(*) FROM steering_order WHERE commit IS NOT NULL") == 1)
            // Rewritten, it is another commit.
            try await fixture.push(repo, trailers: "Ocuroot-Pin: api@prod=1")
            #expect(try await fixture.element("api").pin != nil)
        }
    }

    @Test func `of sources that see the same push at once one applies it`() async throws {
        try await StoreFixture.with(maxConnections: 8) { fixture in
            let repo = try await fixture.steeredShop()
            let pin = fixture.commit(["Ocuroot-Pin: api@prod=1", "Ocuroot-Hold: web@*"])
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        _ = try? await fixture.push(repo, [pin], ref: RefName("refs/heads/b\(number % 4)"))
                    }
                }
            }
            #expect(try await fixture.count("SELECT count(*) FROM steering_order") == 2)
            #expect(try await fixture.count("SELECT count(*) FROM restraint") == 3)
            #expect(try await fixture.events("steering.applied").count == 2)
        }
    }

    @Test func `what waits is applied once, though the delivery and a push come at the same moment`() async throws {
        try await StoreFixture.with(maxConnections: 8) { fixture in
            let repo = try await fixture.steeredShop()
            let change = try await fixture.push(repo, trailers: "Ocuroot-Hold: jobs@prod")
            async let delivered = fixture.deliver(change, packages: [.named("jobs")], affected: [])
            async let elsewhere = fixture.push(repo, ref: "refs/heads/other")
            async let later = fixture.push(repo, trailers: "Ocuroot-Annotate: api@1 a=b")
            _ = try await elsewhere
            let newest = try await later
            _ = try? await delivered
            // Where a push came before it, the delivery was superseded, and what waits is decided by the next.
            _ = try await fixture.deliver(newest, packages: [.named("jobs")], affected: [])
            #expect(try await fixture.count("SELECT count(*) FROM restraint") == 1)
            #expect(try await fixture.events("steering.applied").count == 2)
        }
    }

    @Test func `a package that comes with the push is steered once it is delivered, before anything is promoted`()
        async throws
    {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            let change = try await fixture.push(
                repo,
                [
                    fixture.commit([
                        "Ocuroot-Hold: jobs@prod not yet", "Ocuroot-Pin: api@prod=1", "Ocuroot-Resume: *@prod",
                        "Ocuroot-Hold: jobs@staging",
                    ])
                ])
            let before = try await fixture.store.steering(of: change.id)
            #expect(before.map(\.state) == [.waiting, .applied, .waiting, .waiting])
            #expect(before[0].message.contains("there is no package 'jobs'"))
            try await fixture.deliver(
                change, environments: [.named("prod"), .named("staging")], packages: [.named("jobs", functions: [])])
            #expect(
                try await fixture.store.steering(of: change.id).map(\.state) == [
                    .applied, .applied, .applied, .applied,
                ])
            #expect(try await fixture.element("jobs").hold == nil)
            #expect(try await fixture.element("jobs", "staging").hold?.reason == "Steer")
            let applied = try await fixture.events("steering.applied").map { $0.data["trailer"] }
            #expect(applied.last == .string("Ocuroot-Hold: jobs@staging"))
        }
    }

    @Test func `what names nothing real is refused once all is delivered, told, and changes nothing`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            let change = try await fixture.push(
                repo, trailers: "Ocuroot-Pin: apii@prod=1", "Ocuroot-Pin: api@prdo=1", "Ocuroot-Pin: api@prod=7",
                "Ocuroot-Pinn: api@prod=1", "Ocuroot-Unpin: api@prod", "Ocuroot-Hold: other//api@prod")
            try await fixture.deliver(change, environments: [.named("prod"), .named("staging")])
            let reports = try await fixture.store.steering(of: change.id)
            #expect(reports.allSatisfy { $0.state == .refused })
            let messages = reports.map(\.message)
            #expect(messages[0].hasPrefix("there is no package 'apii' (did you mean 'api'?)"))
            #expect(messages[1].hasPrefix("there is no environment 'prdo' (did you mean 'prod'?)"))
            #expect(messages[2].hasPrefix("api has no build '7'; its newest are #2 of commit "))
            #expect(messages[3].hasPrefix("there is no trailer 'Ocuroot-Pinn' (did you mean 'Ocuroot-Pin'?)"))
            #expect(messages[4] == "nothing that fits 'api@prod' is pinned")
            #expect(messages[5].contains("steers packages of that repository alone"))
            #expect(try await fixture.count("SELECT count(*) FROM restraint") == 0)
            #expect(try await fixture.events("steering.refused").count == 6)
            #expect(try await fixture.store.steeringProblems()[repo]?.count == 6)
            try await fixture.push(repo)
            #expect(try await fixture.store.steeringProblems().isEmpty)
        }
    }

    @Test func `the first commit of a repo, written before it was watched, is told and not applied`() async throws {
        try await StoreFixture.with { fixture in
            _ = try await fixture.steeredShop()
            let other = try await fixture.addRepo("file:///srv/other.git")
            let old = fixture.commit(["Ocuroot-Hold: jobs@prod", "Ocuroot-Skip: old"])
            let first = try await fixture.push(other, [old])
            #expect(first.state == .recorded)
            try await fixture.deliver(
                first, name: "other", environments: [], packages: [.named("jobs", functions: [])])
            #expect(try await fixture.element("jobs").hold == nil)
            let report = try #require(try await fixture.store.steering(of: first.id).first)
            #expect(report.state == .refused && report.message.contains("before Ocuroot watched"))
            // Nor is it later, when a force-push brings it back.
            try await fixture.push(other, [fixture.commit([])])
            try await fixture.push(other, [fixture.commit([]), old])
            #expect(try await fixture.element("jobs").hold == nil)
        }
    }

    @Test func `a commit of one repo does not steer another's packages`() async throws {
        try await StoreFixture.with { fixture in
            _ = try await fixture.steeredShop()
            let other = try await fixture.addRepo("file:///srv/other.git")
            try await fixture.deliver(
                try await fixture.push(other), name: "other", environments: [],
                packages: [.named("jobs", functions: [])])
            let change = try await fixture.push(
                other, trailers: "Ocuroot-Hold: *@prod", "Ocuroot-Hold: shop//api@prod",
                "Ocuroot-Hold: other//jobs@staging")
            #expect(try await fixture.element("api").hold == nil)
            #expect(try await fixture.element("jobs").hold != nil)
            #expect(try await fixture.element("jobs", "staging").hold != nil)
            let states = try await fixture.store.steering(of: change.id).map(\.state)
            #expect(states == [.applied, .refused, .applied])
        }
    }

    @Test func `a push whose tip says skip delivers nothing, and takes nobody's place`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            let owed = try await fixture.push(repo)
            try await fixture.finishAllWork()
            let skipped = try await fixture.push(repo, trailers: "Ocuroot-Skip: only notes", "Ocuroot-Pin: api@prod=1")
            #expect(skipped.state == .skipped)
            #expect(try await fixture.queued(.deliver).isEmpty)
            #expect(try await fixture.store.undelivered(repo).map(\.id) == [owed.id])
            #expect(try await fixture.element("api").pin != nil)
            let event = try #require(try await fixture.events("change.skipped").first)
            #expect(event.message.hasSuffix("only notes") && event.actor == "Ann <ann@example.com>")
            let middle = try await fixture.push(repo, [fixture.commit(["Ocuroot-Skip:"]), fixture.commit([])])
            #expect(middle.state == .recorded)
            #expect(try await fixture.store.undelivered(repo).map(\.id) == [middle.id])
        }
    }

    @Test func `a command steers every repo, all of it or nothing`() async throws {
        try await StoreFixture.with { fixture in
            _ = try await fixture.steeredShop()
            let error = await #expect(throws: StoreError.self) {
                try await fixture.steer("Ocuroot-Pin: api@prod=1", "Ocuroot-Pin: api@staging=9")
            }
            #expect(error?.code == .invalid)
            #expect(error?.reason.contains("api has no build '9'") == true)
            #expect(try await fixture.element("api").pin == nil)
            let reports = try await fixture.steer("Ocuroot-Pin: shop//api@*=1 test", "Ocuroot-Hold: web")
            #expect(
                reports.map(\.message) == [
                    "api@prod, api@staging are pinned to build 1", "web@prod, web@staging are on hold",
                ])
            #expect(try await fixture.element("api").pin?.by == "ann")
            #expect(try await fixture.element("api").pin?.commit == nil)
        }
    }

    @Test(arguments: [("1", 1), ("#2", 2), ("v2", 2), ("build id", 1), ("commit", 1)])
    func `a build is named by number, alias, id or commit`(text: String, sequence: Int64) async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            let first = try await fixture.build("api")
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            try await fixture.build("api", RunResult(error: nil, alias: "v2"))
            let named = text == "build id" ? first.id.description : text == "commit" ? first.commit.hex : text
            try await fixture.steer("Ocuroot-Pin: api@prod=\(named)")
            #expect(try await fixture.element("api").pin?.build.sequence == sequence)
        }
    }

    @Test func `a build that may be several things is refused, as is one that failed; one under way is waited for`()
        async throws
    {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            try await fixture.build("api")
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            try await fixture.build("api", RunResult(error: nil, alias: "1"))
            await #expect(throws: StoreError.self) { try await fixture.steer("Ocuroot-Pin: api@prod=1") }
            try await fixture.steer("Ocuroot-Pin: api@prod=#1")
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            try await fixture.steer("Ocuroot-Pin: api@prod=3")
            try await fixture.finishAllWork()
            #expect(try await fixture.element("api").state == .progressing)
            try await fixture.build("api", RunResult(error: "red"))
            let error = await #expect(throws: StoreError.self) { try await fixture.steer("Ocuroot-Pin: api@prod=3") }
            #expect(error?.reason.contains("build 3 of api failed") == true)
        }
    }
}
