import Cryptography
import Foundation
import Model
import Postgres
import Store
import TestSupport
import Testing

struct SignerTests {
    /// Two keys; making them takes a while.
    private static let keys = Result { try (ann: SigningKey(), eve: SigningKey()) }
    private let ann: String
    private let eve: String
    private let annLine: String
    private let eveLine: String

    init() throws {
        let keys = try Self.keys.get()
        ann = try keys.ann.fingerprint()
        eve = try keys.eve.fingerprint()
        annLine = keys.ann.publicKey
        eveLine = keys.eve.publicKey
    }

    private func guardEnvironment(_ fixture: StoreFixture, _ glob: String, _ lines: String...) async throws {
        let text = lines.joined(separator: "\n")
        let signers = try AllowedSigners(text: text)
        _ = try await fixture.store.transaction(as: "api") { tx throws(StoreError) in
            try await tx.putSigners(signers, text: text, for: NameGlob(glob), by: "root")
        }
    }

    private func removeList(_ fixture: StoreFixture) async throws {
        let id = try #require(try await fixture.store.signerLists().first?.id)
        _ = try await fixture.store.transaction(as: "api") { tx throws(StoreError) in
            try await tx.removeSigners(id, by: "root")
        }
    }

    private func signed(_ key: String) -> CommitSigning { .signed(key: key, content: UUID().uuidString) }

    /// What became of a trailer in a commit of its own.
    private func push(
        _ fixture: StoreFixture, _ repo: RepoID, _ trailer: String, _ signing: CommitSigning?
    ) async throws -> SteeringReport {
        let change = try await fixture.push(repo, [fixture.commit([trailer], signing: signing)])
        return try #require(try await fixture.store.steering(of: change.id).first)
    }

    @Test func `only a commit that a listed key signed pins there`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            try await guardEnvironment(fixture, "prod", "ann@example.com \(annLine)")
            let rule = "prod is steered only by commits that a key listed for 'prod' signed"
            for (signing, problem) in [
                (nil, "its commit is not signed"), (.unsigned, "its commit is not signed"),
                (
                    .unusable("it does not fit the commit"),
                    "its commit's signature cannot be used: it does not fit the commit"
                ),
                (signed(eve), "its commit is signed by a key that is not listed (\(eve))"),
            ] as [(CommitSigning?, String)] {
                let report = try await push(fixture, repo, "Ocuroot-Pin: api@prod=1", signing)
                #expect(report.state == .refused && report.message == "\(problem); \(rule)")
            }
            #expect(try await fixture.count("SELECT count(*) FROM restraint") == 0)
            #expect(try await fixture.events("steering.refused").count == 4)
            #expect(try await push(fixture, repo, "Ocuroot-Pin: api@prod=1", signed(ann)).state == .applied)
            #expect(try await fixture.element("api").pin?.build.sequence == 1)
            let event = try #require(try await fixture.events("steering.applied").first)
            #expect(event.data["signer"] == .string("ann@example.com"))
            #expect(event.message.hasSuffix(", signed by ann@example.com"))
            #expect(try await push(fixture, repo, "Ocuroot-Unpin: api@prod", nil).state == .refused)
            #expect(try await push(fixture, repo, "Ocuroot-Unpin: api@prod", signed(ann)).state == .applied)
        }
    }

    @Test func `a key counts from and until the times of its list, and for git alone`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            // Commits of the fixture are of the year 1970.
            for (options, state, problem) in [
                ("valid-after=\"19700101001640Z\"", .applied, ""),
                ("valid-after=\"19700101001641Z\"", .refused, "was not valid at 1970-01-01T00:16:40"),
                ("valid-before=\"19700101001640Z\"", .applied, ""),
                ("valid-before=\"19700101001639Z\"", .refused, "was not valid at 1970-01-01T00:16:40"),
                ("namespaces=\"file\"", .refused, "is not listed for the namespace 'git'"),
            ] as [(String, SteeringReport.State, String)] {
                try await guardEnvironment(fixture, "prod", "ann \(options) \(annLine)")
                let report = try await push(fixture, repo, "Ocuroot-Hold: api@prod", signed(ann))
                #expect(report.state == state && (problem.isEmpty || report.message.contains(problem)))
            }
            try await guardEnvironment(
                fixture, "prod", "ann namespaces=\"file\" \(annLine)", "old valid-before=\"19700101Z\" \(annLine)",
                "ann \(annLine)")
            #expect(try await push(fixture, repo, "Ocuroot-Hold: api@prod", signed(ann)).state == .applied)
        }
    }

    @Test func `every list that covers an environment must have the key`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            try await guardEnvironment(fixture, "prod", "ann \(annLine)", "eve \(eveLine)")
            try await guardEnvironment(fixture, "p*", "Ann \(annLine)")
            let refused = try await push(fixture, repo, "Ocuroot-Hold: api@prod", signed(eve))
            #expect(refused.state == .refused && refused.message.contains("listed for 'p*'"))
            #expect(try await push(fixture, repo, "Ocuroot-Hold: api@prod", signed(ann)).state == .applied)
            #expect(try await fixture.events("steering.applied").last?.data["signer"] == .string("Ann, ann"))
        }
    }

    @Test(arguments: [
        "Ocuroot-Pin: api@*=1", "Ocuroot-Unpin: api", "Ocuroot-Hold: api", "Ocuroot-Hold: *@*", "Ocuroot-Resume: *",
    ])
    func `what concerns a guarded environment among others is refused whole`(trailer: String) async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            try await fixture.steer("Ocuroot-Pin: api@staging=1", "Ocuroot-Hold: api@staging")
            try await guardEnvironment(fixture, "prod", "ann \(annLine)")
            let before = try await fixture.count("SELECT count(*) FROM restraint WHERE ended_at IS NULL")
            #expect(try await push(fixture, repo, trailer, signed(eve)).state == .refused)
            let error = await #expect(throws: StoreError.self) { try await fixture.steer(trailer) }
            #expect(error?.reason.hasSuffix("give --commit, sign the commit, and push it") == true)
            #expect(try await fixture.count("SELECT count(*) FROM restraint WHERE ended_at IS NULL") == before)
            #expect(try await fixture.count("SELECT count(*) FROM steering_order WHERE state = 'waiting'") == 0)
            try await fixture.steer("Ocuroot-Annotate: api@1 a=b", "Ocuroot-Unpin: api@staging")
        }
    }

    @Test func `a retry is refused where something failed in a guarded environment, and done elsewhere`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            try await guardEnvironment(fixture, "prod", "ann \(annLine)")
            func fail(_ environment: String) async throws {
                _ = try await fixture.pool.execute(
                    """
                    UPDATE placement p SET condition_kind = 'failed', condition_reason = 'x' FROM environment e, package k
                    WHERE e.id = p.environment_id AND k.id = p.package_id AND k.name = 'api' AND e.name = \(environment)
                    """)
            }
            try await fail("staging")
            #expect(try await fixture.store.retry(filter: PlacementFilter(), as: "api") == 1)
            try await fail("staging")
            #expect(try await push(fixture, repo, "Ocuroot-Retry: api", nil).state == .applied)
            try await fail("prod")
            let error = await #expect(throws: StoreError.self) {
                try await fixture.store.retry(filter: PlacementFilter(package: "api"), as: "api")
            }
            #expect(error?.reason.hasPrefix("prod is steered only by commits") == true)
            #expect(error?.reason.contains("say 'Ocuroot-Retry: PACKAGE@ENVIRONMENT' in a commit") == true)
            #expect(try await push(fixture, repo, "Ocuroot-Retry: *", nil).state == .refused)
            #expect(try await fixture.store.retry(filter: PlacementFilter(environment: "staging"), as: "api") == 0)
            #expect(try await push(fixture, repo, "Ocuroot-Retry: *", signed(ann)).state == .applied)
            #expect(try await fixture.count("SELECT count(*) FROM placement WHERE condition_kind = 'failed'") == 0)
        }
    }

    @Test func `an order that waited is judged by the list of when it is applied`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            let pins = ["Ocuroot-Hold: docs@prod", "Ocuroot-Hold: more@prod"]
            let change = try await fixture.push(
                repo, [fixture.commit([pins[0]]), fixture.commit([pins[1]], signing: signed(ann))])
            #expect(try await fixture.store.steering(of: change.id).map(\.state) == [.waiting, .waiting])
            try await guardEnvironment(fixture, "prod", "ann \(annLine)")
            try await fixture.deliver(
                change, environments: [.named("prod"), .named("staging")],
                packages: [.named("docs", functions: []), .named("more", functions: [])])
            #expect(try await fixture.store.steering(of: change.id).map(\.state) == [.refused, .applied])
            #expect(try await fixture.element("docs").hold == nil)
            #expect(try await fixture.element("more").hold != nil)
        }
    }

    @Test func `nothing that may not steer keeps others waiting`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            try await guardEnvironment(fixture, "prod", "ann \(annLine)")
            let change = try await fixture.push(
                repo,
                [
                    fixture.commit(["Ocuroot-Pin: nothing@*=1", "Ocuroot-Hold: no*@prod"]),
                    fixture.commit(["Ocuroot-Hold: api@prod"], signing: signed(ann)),
                ])
            #expect(try await fixture.store.steering(of: change.id).map(\.state) == [.refused, .refused, .applied])
        }
    }

    @Test func `a hold by pattern comes to a later environment only if it was signed for that`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            try await guardEnvironment(fixture, "eu-*", "ann \(annLine)")
            #expect(try await push(fixture, repo, "Ocuroot-Hold: *@* frozen", signed(eve)).state == .applied)
            func deliver(_ environments: [EnvironmentName]) async throws {
                try await fixture.deliver(
                    try await fixture.push(repo),
                    environments: (["prod", "staging"] + environments).map { .named($0) },
                    packages: [.named("api", functions: [.deploy, .destroy])])
            }
            try await deliver(["eu-1", "us-1"])
            #expect(try await fixture.element("api", "us-1").hold?.reason == "frozen")
            #expect(try await fixture.element("api", "eu-1").hold == nil)
            #expect(
                try await fixture.events("steering.withheld").map(\.message).contains(
                    "api@eu-1 is not on hold, though Ann <ann@example.com> asked for all that fits: no listed key "
                        + "signed that"))
            #expect(try await push(fixture, repo, "Ocuroot-Hold: *@eu-* closed", signed(ann)).state == .applied)
            #expect(try await push(fixture, repo, "Ocuroot-Resume: *@u*", signed(eve)).state == .applied)
            // What is not signed for eu-2 does not end what is, either.
            _ = try await fixture.pool.execute(
                "UPDATE steering_order SET environment_like = '%' WHERE covers = 'resume'")
            try await deliver(["eu-1", "us-1", "eu-2", "us-2"])
            #expect(try await fixture.element("api", "eu-2").hold?.reason == "closed")
            #expect(try await fixture.element("api", "us-2").hold == nil)
            #expect(
                !(try await fixture.events("steering.withheld").map(\.message).contains { $0.hasPrefix("api@eu-2") }))
        }
    }

    @Test func `one signed content counts once, however its signature is written`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            try await guardEnvironment(fixture, "prod", "ann \(annLine)")
            let once = signed(ann)
            #expect(try await push(fixture, repo, "Ocuroot-Hold: api@prod", once).state == .applied)
            #expect(try await push(fixture, repo, "Ocuroot-Resume: api@prod", signed(ann)).state == .applied)
            let copy = try await fixture.push(repo, [fixture.commit(["Ocuroot-Hold: api@prod"], signing: once)])
            #expect(try await fixture.store.steering(of: copy.id).isEmpty)
            #expect(try await fixture.element("api").hold == nil)
            let other = try await fixture.addRepo("file:///srv/other.git")
            try await fixture.push(other)
            let elsewhere = try await fixture.push(other, [fixture.commit(["Ocuroot-Hold: a@prod"], signing: once)])
            #expect(try await fixture.store.steering(of: elsewhere.id).count == 1)
        }
    }

    @Test func `lists are listed, replaced and removed, and the log says by whom`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.steeredShop()
            try await guardEnvironment(fixture, "prod", "ann \(annLine)", "eve \(eveLine)")
            try await guardEnvironment(fixture, "prod", "ann valid-after=\"20260101Z\" \(annLine)")
            let list = try #require(try await fixture.store.signerLists().first)
            #expect(list.environment == "prod" && list.covers == ["prod"] && list.keys == 1 && list.text == nil)
            let whole = try #require(try await fixture.store.signerList(list.id))
            #expect(whole.signers?.map(\.fingerprint) == [ann] && whole.updatedBy == "root")
            #expect(whole.signers?.first?.validAfter == Date(timeIntervalSince1970: 1_767_225_600))
            #expect(whole.text == "ann valid-after=\"20260101Z\" \(annLine)")
            try await removeList(fixture)
            #expect(try await fixture.store.signerLists().isEmpty)
            #expect(try await push(fixture, repo, "Ocuroot-Hold: api@prod", nil).state == .applied)
            let events = try await fixture.events("signers.set") + fixture.events("signers.removed")
            #expect(events.map(\.actor) == ["root", "root", "root"])
            #expect(events.last?.data["environment"] == .string("prod"))
        }
    }

    @Test func `there is room for a hundred lists`() async throws {
        try await StoreFixture.with { fixture in
            for number in 1...SignerList.countMax {
                try await guardEnvironment(fixture, "e\(number)", "ann \(annLine)")
            }
            await #expect(throws: StoreError.self) { try await guardEnvironment(fixture, "more", "ann \(annLine)") }
            try await guardEnvironment(fixture, "e1", "eve \(eveLine)")
        }
    }
}
