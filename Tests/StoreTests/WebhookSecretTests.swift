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
            try await tx.setWebhook(
                of: repo, host: host, secret: Secret(secret), address: "https://ci/x", formerFor: formerFor)
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

    @Test func `the newest addresses of a webhook are remembered, each once`() async throws {
        try await StoreFixture.with { fixture in
            let store = StateStore(pool: fixture.pool, keys: try KeyRing([.random()]))
            let repo = try await fixture.addRepo()
            #expect(try await store.webhookTrails(of: repo).isEmpty)
            try await set("s", of: repo, in: store)
            #expect(try await store.webhookTrails(of: repo).map(\.addresses) == [["https://ci/x"]])
            for number in (0..<30).map({ $0 % 25 }) {
                try await store.transaction(as: "test") { tx throws(StoreError) in
                    try await tx.noteWebhookAddresses([repo: "https://ci/\(number)"])
                }
            }
            try await set("t", of: repo, in: store)
            let trail = try #require(try await store.webhookTrails(of: repo).first)
            let numbers = Array(6..<25) + Array(0..<5)
            let all = numbers.map { "https://ci/\($0)" } + ["https://ci/x"]
            #expect(trail.addresses == Array(all.suffix(20)))
            #expect(trail.hasAllAddresses && trail.api == nil && trail.id == nil)
        }
    }

    @Test func `addresses of several webhooks are remembered at once, and repos without one passed over`() async throws
    {
        try await StoreFixture.with { fixture in
            let store = StateStore(pool: fixture.pool, keys: try KeyRing([.random()]))
            let (one, two) = (try await fixture.addRepo(), try await fixture.addRepo("file:///two"))
            let bare = try await fixture.addRepo("file:///bare")
            for repo in [one, two] { try await set("s", of: repo, in: store) }
            try await store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.noteWebhookAddresses([two: "https://new/2", bare: "https://new/3", one: "https://ci/x"])
            }
            #expect(try await store.webhookTrails(of: one).map(\.addresses) == [["https://ci/x"]])
            #expect(try await store.webhookTrails(of: two).map(\.addresses) == [["https://ci/x", "https://new/2"]])
            #expect(try await store.webhookTrails(of: bare).isEmpty)
        }
    }

    @Test func `a webhook from before addresses were noted is known to have others until it is registered`()
        async throws
    {
        try await StoreFixture.with { fixture in
            let store = StateStore(pool: fixture.pool, keys: try KeyRing([.random()]))
            let repo = try await fixture.addRepo()
            try await set("s", of: repo, in: store)
            try await fixture.pool.execute("UPDATE webhook SET addresses = '{}', has_all_addresses = false")
            try await set("t", of: repo, in: store)
            #expect(try await store.webhookTrails(of: repo).map(\.hasAllAddresses) == [false])
            try await store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.noteRegisteredWebhook(of: repo, at: "https://api", as: "7")
            }
            let trail = try #require(try await store.webhookTrails(of: repo).first)
            #expect(trail.hasAllAddresses && trail.api == "https://api" && trail.id == "7")
        }
    }

    @Test func `a repository that was watched before is known by what its webhook was`() async throws {
        try await StoreFixture.with { fixture in
            let store = StateStore(pool: fixture.pool, keys: try KeyRing([.random()]))
            let (old, other) = (try await fixture.addRepo("https://h/x"), try await fixture.addRepo("https://h/y"))
            for repo in [old, other] {
                try await set("s", of: repo, in: store)
                try await fixture.remove(repo, .orphan)
            }
            let new = try await fixture.addRepo("https://h/x")
            try await set("s", of: new, in: store)
            #expect(try await store.webhookTrails(of: new).map(\.repo) == [new, old])
        }
    }
}
