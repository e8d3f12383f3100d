import Cryptography
import Foundation
import Model
import Store
import TestSupport
import Testing

@Suite struct WebhookTests {
    private static let id = String(repeating: "a", count: 40)

    private static func delivery(
        _ id: String, to repo: RepoID, kind: WebhookDelivery.Kind = .push, host: GitHost = .github,
        new: String = id, body: [UInt8] = Array("{}".utf8)
    ) -> NewWebhookDelivery {
        let move = WebhookRefMove(ref: "refs/heads/main", old: nil, new: ObjectID(hex: new), isDeleted: false)
        return NewWebhookDelivery(
            repo: repo, host: host, deliveryID: id, source: "192.0.2.7", kind: kind, event: "push", refs: [move],
            refsLeftOut: 0, pusher: "ada", problem: kind == .unreadable ? "it is not JSON" : nil, body: body)
    }

    /// Empties the queue, so that what is due next came from the test.
    private func settle(_ store: StateStore) async throws {
        for lease in try await store.claim(.source, holder: "test", limit: 100, lease: .seconds(30)) {
            try await store.finish(lease, .done)
        }
        #expect(try await store.nextDue(.source) == nil)
    }

    private func due(_ store: StateStore) async throws -> [String] {
        try await store.claim(.source, holder: "test", limit: 100, lease: .seconds(30)).map(\.key).sorted()
    }

    @Test func `a delivery is kept once, and its repo is looked at`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let repo = try await fixture.addRepo()
            try await settle(store)
            let first = try await store.acceptWebhooks([Self.delivery("d1", to: repo)])
            let id = try #require(first.first ?? nil)
            #expect(try await due(store) == ["\(repo)"])
            let kept = try #require(try await store.webhookDelivery(id))
            #expect(kept.deliveryID == "d1" && kept.host == .github && kept.pusher == "ada")
            #expect(kept.refs.map(\.new?.hex) == [Self.id])
            #expect(try await store.webhookBody(id) == Data("{}".utf8))
        }
    }

    @Test(arguments: ["refs/heads/a\"\u{301}b", "refs/heads/\"", "refs/heads/é\u{1F600}\"\"x"])
    func `a delivery of a ref that git allows is kept, whatever it is called`(name: String) async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            let move = WebhookRefMove(ref: RefName(name), old: nil, new: ObjectID(hex: Self.id), isDeleted: false)
            let delivery = NewWebhookDelivery(
                repo: repo, host: .github, deliveryID: "d1", source: "192.0.2.7", kind: .push, event: "push",
                refs: [move], refsLeftOut: 0, pusher: nil, problem: nil, body: [])
            let ids = try await fixture.store.acceptWebhooks([delivery])
            let id = try #require(ids.first ?? nil)
            #expect(try await fixture.store.webhookDelivery(id)?.refs == [move])
        }
    }

    @Test func `a repetition changes nothing, in another call or in the same`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let repo = try await fixture.addRepo()
            let twice = try await store.acceptWebhooks([
                Self.delivery("d1", to: repo), Self.delivery("d1", to: repo), Self.delivery("d2", to: repo),
            ])
            #expect(twice.map { $0 != nil } == [true, false, true])
            try await settle(store)
            #expect(try await store.acceptWebhooks([Self.delivery("d1", to: repo)]) == [nil])
            #expect(try await store.nextDue(.source) == nil)
            #expect(try await store.webhookDeliveries(of: repo, limit: 9).count == 2)
        }
    }

    @Test func `the same name is another delivery for another repo or host`() async throws {
        try await StoreFixture.with { fixture in
            let (one, two) = (try await fixture.addRepo(), try await fixture.addRepo("file:///two"))
            let ids = try await fixture.store.acceptWebhooks([
                Self.delivery("d1", to: one), Self.delivery("d1", to: two), Self.delivery("d1", to: one, host: .gitea),
            ])
            #expect(Set(ids.compactMap { $0 }).count == 3)
            #expect(
                try await fixture.store.webhookDeliveries(of: nil, limit: 9).map(\.repo)
                    == [one, two, one].sorted().reversed())
        }
    }

    @Test func `deliveries that come at once from several sides are each kept once`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            let other = try await fixture.addRepo("file:///two")
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for side in 0..<4 {
                    group.addTask {
                        let names = (0..<50).map { "d\($0)" }
                        let order = side.isMultiple(of: 2) ? names : names.reversed()
                        return try await fixture.store.acceptWebhooks(
                            order.flatMap { [Self.delivery($0, to: repo), Self.delivery($0, to: other)] }
                        ).count { $0 != nil }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(counts == 100)
        }
    }

    @Test func `a ping and what moves no ref are kept, and nothing is looked at; the unreadable is a hint`()
        async throws
    {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let repo = try await fixture.addRepo()
            try await settle(store)
            _ = try await store.acceptWebhooks([
                Self.delivery("p", to: repo, kind: .ping), Self.delivery("o", to: repo, kind: .other),
            ])
            #expect(try await store.nextDue(.source) == nil)
            _ = try await store.acceptWebhooks([Self.delivery("u", to: repo, kind: .unreadable)])
            #expect(try await due(store) == ["\(repo)"])
        }
    }

    @Test func `a repo that is not watched any more gets nothing`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            try await fixture.store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.removeRepo(repo, mode: .refuse)
            }
            #expect(try await fixture.store.acceptWebhooks([Self.delivery("d1", to: repo)]) == [nil])
            #expect(try await fixture.store.webhookDeliveries(of: repo, limit: 9).isEmpty)
        }
    }

    @Test func `a delivery while the repo is being looked at has it looked at once more`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let repo = try await fixture.addRepo()
            let lease = try #require(
                try await store.claim(.source, holder: "test", limit: 1, lease: .seconds(30)).first)
            _ = try await store.acceptWebhooks([Self.delivery("d1", to: repo)])
            try await store.finish(lease, .wait(until: Date() + 3600))
            #expect(try await due(store) == ["\(repo)"])
        }
    }

    @Test func `a flood of deliveries is not a flood of looks`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let repo = try await fixture.addRepo()
            try await settle(store)
            let now = try await store.now()
            try await store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.recordLook(repo, error: nil, startedAt: now + 60)
            }
            _ = try await store.acceptWebhooks([Self.delivery("d1", to: repo)])
            let pause = try #require(try await store.nextDue(.source))
            #expect(pause > .seconds(55) && pause < .seconds(61))
        }
    }

    @Test func `what came of a delivery is told by what the repo was seen at`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let repo = try await fixture.addRepo()
            let change = try await fixture.push(repo)
            let ids = try await store.acceptWebhooks([
                Self.delivery("now", to: repo, new: change.commit.hex), Self.delivery("old", to: repo),
            ])
            let kept = try await store.webhookDeliveries(of: repo, limit: 2)
            #expect(ids.compactMap { $0 }.count == 2)
            #expect(try await store.webhookOutcomes(of: kept[0]) == nil)
            let now = try await store.now()
            try await store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.recordLook(repo, error: nil, startedAt: now)
            }
            let byName = Dictionary(uniqueKeysWithValues: kept.map { ($0.deliveryID, $0) })
            let (current, old) = (try #require(byName["now"]), try #require(byName["old"]))
            #expect(try await store.webhookOutcomes(of: current)?.map(\.change) == [change.id])
            let outOfDate = try #require(try await store.webhookOutcomes(of: old))
            #expect(outOfDate.map(\.change) == [nil] && outOfDate.map(\.tip) == [change.commit])
        }
    }

    @Test func `a delivery is acted on again, until its repo is removed`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let repo = try await fixture.addRepo()
            let id = try #require(try await store.acceptWebhooks([Self.delivery("d1", to: repo)]).first ?? nil)
            try await settle(store)
            try await store.redeliverWebhook(id)
            #expect(try await due(store) == ["\(repo)"])
            #expect(try await store.webhookDelivery(id)?.redeliveredAt != nil)
            try await store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.removeRepo(repo, mode: .refuse)
            }
            await #expect { try await store.redeliverWebhook(id) } throws: { ($0 as? StoreError)?.code == .notFound }
        }
    }

    @Test func `only the beginning of a long body is kept, and its length`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            let body = [UInt8](repeating: 0x61, count: 1 << 20)
            _ = try await fixture.store.acceptWebhooks([Self.delivery("d1", to: repo, body: body)])
            let kept = try #require(try await fixture.store.webhookDeliveries(of: repo, limit: 1).first)
            #expect(kept.bodyBytes == 1 << 20)
            #expect(try await fixture.store.webhookBody(kept.id)?.count == NewWebhookDelivery.keptBytesMax)
        }
    }

    @Test func `old deliveries, and those beyond a number, are cleared away in bounded steps`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let repo = try await fixture.addRepo()
            let keys = try KeyRing([.random()])
            let withKeys = StateStore(pool: fixture.pool, keys: keys)
            try await withKeys.transaction(as: "test") { tx throws(StoreError) in
                try await tx.setWebhook(
                    of: repo, host: .github, secret: Secret("s"), address: "https://ci/x", formerFor: .zero)
            }
            _ = try await store.acceptWebhooks((0..<10).map { Self.delivery("d\($0)", to: repo) })
            #expect(try await store.pruneWebhookDeliveries(olderThan: .seconds(60), keeping: 10, limit: 100) == 0)
            #expect(try await store.pruneWebhookDeliveries(olderThan: .seconds(60), keeping: 6, limit: 3) == 3)
            #expect(try await store.webhookDeliveries(of: repo, limit: 9).map(\.deliveryID).contains("d9"))
            #expect(try await store.pruneWebhookDeliveries(olderThan: .zero, keeping: 100, limit: 4) == 4)
            #expect(try await store.webhookDeliveries(of: repo, limit: 9).count == 3)
        }
    }
}
