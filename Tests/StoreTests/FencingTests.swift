import Foundation
import Model
import Postgres
import Store
import Testing

struct FencingTests {
    private func expire(_ fixture: StoreFixture) async throws {
        try await fixture.pool.execute("UPDATE work SET lease_expires = now() - interval '1s' WHERE holder IS NOT NULL")
    }

    private func claim(_ store: StateStore, _ holder: String) async throws -> WorkLease {
        try #require(try await store.claim(.deliver, holder: holder, limit: 1, lease: .seconds(30)).first)
    }

    @Test func `a stale fence updates no rows`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            let repo = try await fixture.addRepo()
            let change = try await fixture.push(repo)
            let stale = try await claim(store, "slow")
            try await expire(fixture)
            let current = try await claim(store, "quick")
            #expect(current.fence > stale.fence)
            let error = await #expect(throws: StoreError.self) {
                try await store.transaction(under: stale, as: "deliver") { tx throws(StoreError) in
                    try await tx.failChange(change.id, error: "from the past")
                }
            }
            #expect(error?.code == .leaseLost)
            #expect(try await store.change(change.id)?.state == .recorded)
            for outcome in [WorkOutcome.done, .wait(until: .distantPast), .retry(after: .zero, error: "x")] {
                let lost = await #expect(throws: StoreError.self) { try await store.finish(stale, outcome) }
                #expect(lost?.code == .leaseLost)
            }
            try await store.transaction(under: current, as: "deliver") { tx throws(StoreError) in
                try await tx.failChange(change.id, error: "from now")
            }
            #expect(try await store.change(change.id)?.error == "from now")
        }
    }

    @Test func `an expired lease writes nothing, even if nobody has taken it`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            let change = try await fixture.push(repo)
            let lease = try await claim(fixture.store, "slow")
            try await expire(fixture)
            let error = await #expect(throws: StoreError.self) {
                try await fixture.store.transaction(under: lease, as: "deliver") { tx throws(StoreError) in
                    try await tx.failChange(change.id, error: "too late")
                }
            }
            #expect(error?.code == .leaseLost)
            #expect(try await fixture.store.change(change.id)?.state == .recorded)
        }
    }

    @Test func `a fence is never given twice, though the row has come and gone`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            try await store.enqueue(.deliver, keys: ["o1"])
            let first = try await claim(store, "a")
            try await expire(fixture)
            try await store.finish(try await claim(store, "a"), .done)
            try await store.enqueue(.deliver, keys: ["o1"])
            let third = try await claim(store, "a")
            #expect(third.fence > first.fence)
            await #expect(throws: StoreError.self) { try await store.finish(first, .done) }
            try await store.finish(third, .done)
        }
    }

    @Test func `nobody takes a lease over while a transaction runs under it`() async throws {
        try await StoreFixture.with { fixture in
            let store = fixture.store
            try await store.enqueue(.deliver, keys: ["o1"])
            let lease = try await claim(store, "a")
            try await store.transaction(under: lease, as: "test") { _ throws(StoreError) in
                do {
                    try await expire(fixture)
                    // The key may be asked for meanwhile, and is not held up by the transaction.
                    try await store.enqueue(.deliver, keys: ["o1"])
                } catch {
                    throw StoreError(.corrupted, "test", "the row could not be changed", cause: error)
                }
                let taken = try await store.claim(.deliver, holder: "b", limit: 1, lease: .seconds(30))
                if !taken.isEmpty { throw StoreError(.corrupted, "test", "the lease was taken over") }
            }
            #expect(try await claim(store, "b").fence > lease.fence)
        }
    }
}
