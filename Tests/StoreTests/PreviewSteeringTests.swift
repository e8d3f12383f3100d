import Cryptography
import Foundation
import Model
import Postgres
import Store
import Testing

/// What steers previews, and who is told of them.
struct PreviewSteeringTests {
    @Test func `what a branch says steers its preview alone, and counts in main when it is merged`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.previewedShop()
            let (_, environment) = try await fixture.deliverPreview(repo, "feature/x")
            let hold = fixture.commit(["Ocuroot-Hold: *", "Ocuroot-Pin: api@prod=1"])
            let change = try await fixture.pushPreview(repo, "feature/x", [hold])
            try await fixture.deliver(change, environments: [.named(environment)])
            #expect(try await fixture.element("api", environment).hold != nil)
            let prod = try await fixture.element("api")
            #expect(prod.hold == nil && prod.pin == nil)
            #expect(try await fixture.store.steeringProblems()[repo]?.count == 1)
            try await fixture.push(repo, [hold])
            #expect(try await fixture.element("api").hold != nil)
        }
    }

    @Test func `a hold of a command covers previews that come later, and one of main's commits does not`() async throws
    {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.previewedShop()
            try await fixture.push(repo, trailers: "Ocuroot-Hold: *")
            let (_, x) = try await fixture.deliverPreview(repo, "feature/x")
            #expect(try await fixture.element("api", x).hold == nil)
            try await fixture.steer("Ocuroot-Hold: shop//*@preview-*")
            let change = try await fixture.pushPreview(repo, "feature/y")
            try await fixture.deliver(
                change, environments: [.named("preview-feature-y")], packages: [.plain("api")])
            #expect(try await fixture.element("api", "preview-feature-y").hold != nil)
        }
    }

    @Test func `a number is a build of the repo's own, an id or an environment means a preview's`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.previewedShop()
            let own = try await fixture.newestBuild("api").id
            let (_, environment) = try await fixture.deliverPreview(repo, "feature/x")
            let build = try await fixture.newestBuild("api")
            try await fixture.steer("Ocuroot-Annotate: api@1 key=own")
            try await fixture.steer("Ocuroot-Annotate: api@\(build.id) key=preview")
            try await fixture.steer("Ocuroot-Annotate: api@\(build.commit.hex) other=preview")
            #expect(try await fixture.store.build(own)?.annotations["key"] == .string("own"))
            let annotations = try await fixture.store.build(build.id)?.annotations
            #expect(annotations?["key"] == .string("preview") && annotations?["other"] == .string("preview"))
            try await fixture.steer("Ocuroot-Pin: api@*=1")
            #expect(try await fixture.element("api").pin?.build.id == own)
            #expect(try await fixture.element("api", environment).pin == nil)
            try await fixture.steer("Ocuroot-Pin: api@\(environment)=1")
            #expect(try await fixture.element("api", environment).pin?.build.id == build.id)
        }
    }

    @Test func `who is told of a repo is told of its previews, and of what a hook brought for them`() async throws {
        try await StoreFixture.with { fixture in
            let store = StateStore(pool: fixture.pool, keys: try KeyRing([.random()]))
            let repo = try await fixture.previewedShop()
            _ = try await store.transaction(as: "api") { tx throws(StoreError) in
                try await tx.addNoticeTarget(
                    NewNoticeTarget(
                        kind: .githubStatus, repo: repo, address: "https://api.github.com", project: "acme/shop",
                        credentials: .init(token: Secret("t0ken"))))
            }
            let (preview, environment) = try await fixture.deliverPreview(repo, "feature/x")
            try await fixture.deploy(try await fixture.placement("api", environment))
            let reading = try #require(try await store.noticeReading(limit: 1000))
            let told = try #require(reading.events.last { $0.event.kind == "deployment.succeeded" })
            #expect(told.repo == repo && told.event.repo == "shop" && told.event.environment == environment)

            let change = try #require(try await store.builds(of: try await newestChange(of: preview, fixture)).first)
            let hint = WebhookRefMove(
                ref: "refs/heads/feature/x", old: nil, new: change.commit.object, isDeleted: false)
            _ = try await store.acceptWebhooks([
                NewWebhookDelivery(
                    repo: repo, host: .generic, deliveryID: "d1", source: "1.2.3.4", kind: .push, event: "push",
                    refs: [hint], refsLeftOut: 0, pusher: nil, problem: nil, body: [])
            ])
            let now = try await store.now()
            try await store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.recordLook(repo, error: nil, startedAt: now)
            }
            let kept = try #require(try await store.webhookDeliveries(of: repo, limit: 1).first)
            let outcome = try #require(try await store.webhookOutcomes(of: kept)?.first)
            #expect(outcome.change == change.change && outcome.tip == change.commit)
        }
    }

    private func newestChange(of repo: RepoID, _ fixture: StoreFixture) async throws -> ChangeID {
        try await fixture.pool.query("SELECT max(id) AS id FROM change WHERE repo_id = \(repo)").one()["id"]
    }
}
