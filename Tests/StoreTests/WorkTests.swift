import Foundation
import Model
import Postgres
import Store
import Testing

struct WorkTests {
    @Test func `enqueueing what is queued changes nothing`() async throws {
        try await StoreFixture.with { fixture in
            try await fixture.store.enqueue(.sync, keys: ["l1", "l2"])
            let before: String = try await fixture.pool.query(
                "SELECT string_agg(xmin::text || ctid::text, ',' ORDER BY key) FROM work"
            ).one()[0]
            try await fixture.store.enqueue(.sync, keys: ["l2", "l1", "l1"])
            let after: String = try await fixture.pool.query(
                "SELECT string_agg(xmin::text || ctid::text, ',' ORDER BY key) FROM work"
            ).one()[0]
            #expect(before == after)
        }
    }

    @Test func `a later request never delays an earlier one, and an earlier one hastens it`() async throws {
        try await StoreFixture.with { fixture in
            try await fixture.store.enqueue(.sync, keys: ["l1"], after: .seconds(60))
            try await fixture.store.enqueue(.sync, keys: ["l1"], after: .seconds(600))
            let due = try #require(try await fixture.store.nextDue(.sync))
            #expect(due > .seconds(50) && due <= .seconds(60))
            #expect(try await fixture.store.claim(.sync, holder: "a", limit: 10, lease: .seconds(30)).isEmpty)
            try await fixture.store.enqueue(.sync, keys: ["l1"])
            #expect(try await fixture.store.nextDue(.sync) == .zero)
            #expect(try await fixture.store.claim(.sync, holder: "a", limit: 10, lease: .seconds(30)).count == 1)
        }
    }

    @Test func `a key that is enqueued while it is leased is looked at once more`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            try await store.enqueue(.sync, keys: ["l1"])
            let first = try #require(try await store.claim(.sync, holder: "a", limit: 1, lease: .seconds(30)).first)
            try await store.enqueue(.sync, keys: ["l1"])
            #expect(try await store.claim(.sync, holder: "b", limit: 1, lease: .seconds(30)).isEmpty)
            try await store.finish(first, .done)
            let second = try #require(try await store.claim(.sync, holder: "b", limit: 1, lease: .seconds(30)).first)
            #expect(second.attempts == 1)
            try await store.finish(second, .done)
            #expect(try await store.nextDue(.sync) == nil)
        }
    }

    @Test func `many claimers at once never get the same key`() async throws {
        try await StoreFixture.with(maxConnections: 12) { fixture in
            let store = fixture.store
            try await store.enqueue(.sync, keys: (1...300).map { "l\($0)" })
            let claimed = try await withThrowingTaskGroup(of: [String].self) { group in
                for claimer in 0..<12 {
                    group.addTask {
                        var keys: [String] = []
                        while true {
                            let leases = try await store.claim(
                                .sync, holder: "h\(claimer)", limit: 7, lease: .seconds(60))
                            if leases.isEmpty { return keys }
                            keys += leases.map(\.key)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.count == 300)
            #expect(Set(claimed).count == 300)
        }
    }

    @Test func `a failure counts attempts and pauses, success and waiting forget them`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            func claim() async throws -> WorkLease {
                try #require(try await store.claim(.sync, holder: "a", limit: 1, lease: .seconds(30)).first)
            }
            try await store.enqueue(.sync, keys: ["l1"])
            try await store.finish(try await claim(), .retry(after: .zero, error: "no"))
            let second = try await claim()
            #expect(second.attempts == 2)
            try await store.finish(second, .retry(after: .seconds(100), error: "no\0pe"))
            #expect(try await store.claim(.sync, holder: "a", limit: 1, lease: .seconds(30)).isEmpty)
            try await store.enqueue(.sync, keys: ["l1"])
            let third = try await claim()
            #expect(third.attempts == 3)
            try await store.finish(third, .wait(until: try await store.now()))
            #expect(try await claim().attempts == 1)
        }
    }

    @Test func `renewing keeps what is still held and names it`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            try await store.enqueue(.sync, keys: ["l1", "l2"])
            let leases = try await store.claim(.sync, holder: "a", limit: 2, lease: .seconds(30))
            try await fixture.pool.execute("UPDATE work SET lease_expires = now() - interval '1s' WHERE key = 'l1'")
            let taken = try await store.claim(.sync, holder: "b", limit: 2, lease: .seconds(30))
            #expect(taken.map(\.key) == ["l1"])
            #expect(try await store.renew(leases, lease: .seconds(90)) == ["l2"])
            #expect(
                try await fixture.count("SELECT count(*) FROM work WHERE lease_expires > now() + interval '60s'") == 1)
        }
    }

    @Test func `a server that owns its database frees all leases at its start`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            try await store.enqueue(.sync, keys: ["l1"])
            let lost = try #require(try await store.claim(.sync, holder: "a", limit: 1, lease: .seconds(60)).first)
            try await store.releaseWork()
            let error = await #expect(throws: StoreError.self) { try await store.finish(lost, .done) }
            #expect(error?.code == .leaseLost)
            #expect(try await store.claim(.sync, holder: "a", limit: 1, lease: .seconds(60)).count == 1)
        }
    }

    @Test func `of two requests the one that is not routine counts`() async throws {
        try await StoreFixture.with { fixture in
            try await fixture.store.enqueue(.promote, keys: ["p1", "p2"], isRoutine: true)
            try await fixture.store.enqueue(.promote, keys: ["p1"])
            try await fixture.store.enqueue(.promote, keys: ["p1"], isRoutine: true)
            let urgent: [String] = try await fixture.pool.query("SELECT key FROM work WHERE NOT is_routine").column()
            #expect(urgent == ["p1"])
        }
    }
}
