import Cryptography
import Foundation
import Model
import Postgres
import Store
import TestSupport
import Testing

@Suite struct WebhookSecretTests {
    private func set(
        _ secret: String, _ host: GitHost = .github, of repo: RepoID, in store: StateStore,
        formerFor: Duration = .seconds(60)
    ) async throws {
        try await store.transaction(as: "test") { tx throws(StoreError) in
            try await tx.setWebhook(of: repo, host: host, secret: Secret(secret), formerFor: formerFor)
        }
    }

    private func texts(_ store: StateStore, _ repo: RepoID) async throws -> [String]? {
        try await store.webhookSecrets(of: repo)?.secrets.map(\.text)
    }

    @Test func `a secret is stored sealed, and the former one is taken for a while after it was replaced`() async throws
    {
        try await StoreFixture.with { fixture in
            let store = StateStore(pool: fixture.pool, keys: try KeyRing([.random()]))
            let repo = try await fixture.addRepo()
            #expect(try await texts(store, repo) == nil)
            try await set("first-secret", of: repo, in: store)
            #expect(try await texts(store, repo) == ["first-secret"])
            try await set("second-secret", of: repo, in: store)
            #expect(try await texts(store, repo) == ["second-secret", "first-secret"])
            #expect(try await store.webhook(of: repo)?.formerUntil != nil)
            try await set("third-secret", of: repo, in: store, formerFor: .zero)
            #expect(try await texts(store, repo) == ["third-secret"])
            try await set("fourth-secret", .gitlab, of: repo, in: store)
            #expect(try await texts(store, repo) == ["fourth-secret"])
            #expect(try await store.webhookSecrets(of: repo)?.host == .gitlab)
            #expect(
                try await fixture.count(
                    "SELECT count(*)::int FROM webhook WHERE position('secret'::bytea IN secret) > 0") == 0)
            let kinds = try await store.events(after: nil, limit: 100).map(\.kind)
            #expect(kinds.filter { $0.hasPrefix("webhook.") }.count == 4)
        }
    }

    @Test func `without a master key no secret is kept, and none is read`() async throws {
        try await StoreFixture.with { fixture in
            let store = StateStore(pool: fixture.pool, keys: try KeyRing([.random()]))
            let repo = try await fixture.addRepo()
            await #expect { try await set("s", of: repo, in: fixture.store) } throws: {
                ($0 as? StoreError)?.code == .noMasterKey
            }
            try await set("s", of: repo, in: store)
            await #expect { try await texts(fixture.store, repo) } throws: {
                ($0 as? StoreError)?.code == .noMasterKey
            }
        }
    }

    @Test func `secrets are sealed anew under the key that is first, so that the others may go`() async throws {
        try await StoreFixture.with { fixture in
            let (old, new) = (try SymmetricKey.random(), try SymmetricKey.random())
            let before = StateStore(pool: fixture.pool, keys: try KeyRing([old]))
            let (one, two) = (try await fixture.addRepo(), try await fixture.addRepo("file:///two"))
            try await set("one", of: one, in: before)
            try await set("two", of: two, in: before)
            try await set("three", of: two, in: before)
            let during = StateStore(pool: fixture.pool, keys: try KeyRing([new, old]))
            #expect(try await during.resealWebhookSecrets().resealed == 2)
            #expect(try await during.resealWebhookSecrets().resealed == 0)
            let after = StateStore(pool: fixture.pool, keys: try KeyRing([new]))
            #expect(try await texts(after, one) == ["one"])
            #expect(try await texts(after, two) == ["three", "two"])
            #expect(try await fixture.store.resealWebhookSecrets().resealed == 0)
        }
    }

    @Test func `refused deliveries are counted with the last reason`() async throws {
        try await StoreFixture.with { fixture in
            let store = StateStore(pool: fixture.pool, keys: try KeyRing([.random()]))
            let repo = try await fixture.addRepo()
            try await set("s", of: repo, in: store)
            let missing = try #require(RepoID("o999"))
            for reason in ["first", "last"] {
                try await store.noteWebhookRefusals([
                    WebhookRefusals(repo: repo, count: 3, reason: reason),
                    WebhookRefusals(repo: missing, count: 1, reason: reason),
                ])
            }
            let webhook = try #require(try await store.webhooks().first)
            #expect(webhook.refusedCount == 6)
            #expect(webhook.refusal == "last")
            #expect(webhook.refusedAt != nil)
        }
    }

    @Test func `the secret of a removed repo is known, and that it is not watched`() async throws {
        try await StoreFixture.with { fixture in
            let store = StateStore(pool: fixture.pool, keys: try KeyRing([.random()]))
            let repo = try await fixture.addRepo()
            try await set("s", of: repo, in: store)
            try await store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.removeRepo(repo, mode: .refuse)
            }
            #expect(try await store.webhookSecrets(of: repo)?.isWatched == false)
            #expect(try await store.webhooks().isEmpty)
        }
    }
}
