import Foundation
import Model
import Postgres
import Store
import TestSupport
import Testing

struct EventTests {
    @Test func `whoever reads on from the last id misses no event, however many write at once`() async throws {
        try await StoreFixture.with(maxConnections: 10) { fixture in
            let store = fixture.store
            let total = 8 * 20
            let seen = try await withThrowingTaskGroup(of: [EventID].self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for number in 0..<20 {
                            _ = try await fixture.addRepo("file:///\(writer)/\(number)")
                        }
                        return []
                    }
                }
                group.addTask {
                    var ids: [EventID] = []
                    try await waitUntil("all events") {
                        ids += try await store.events(after: ids.last, limit: 7).map(\.id)
                        return ids.count >= total
                    }
                    return ids
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(seen.count == total)
            #expect(Set(seen).count == total)
            #expect(try await store.latestEvent() == seen.max())
        }
    }

    @Test func `an event is written with what it tells of, or not at all`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            await #expect(throws: StoreError.self) {
                try await fixture.store.transaction(as: "test") { tx throws(StoreError) in
                    _ = try await tx.addRepo(url: "file:///other", refs: [])
                    throw StoreError(.conflict, "test", "changed its mind")
                }
            }
            let events = try await fixture.store.events(after: nil, limit: 10)
            #expect(events.count == 1)
            #expect(events.first?.data["repo"] == .string(repo.description))
            #expect(events.first?.actor == "test")
            #expect(try await fixture.queued(.source) == [repo.description])
        }
    }

    @Test func `a commit wakes every consumer, with its controller and its event`() async throws {
        try await StoreFixture.with { fixture in
            let (store, woken) = (fixture.store, Counter())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    let signals = store.changes()
                    group.addTask {
                        var missing = 3
                        var isFirst = true
                        var kinds: Set<String> = []
                        for await signal in signals where missing > 0 {
                            if isFirst { #expect(signal == .reconnected) }
                            isFirst = false
                            switch signal {
                            case .reconnected: kinds.insert("reconnected")
                            case .work(let controller): kinds.insert(controller.rawValue)
                            case .event: kinds.insert("event")
                            }
                            missing = 3 - kinds.intersection(["reconnected", "source", "event"]).count
                            if missing == 0 { break }
                        }
                        _ = woken.increment()
                    }
                }
                group.addTask { try await store.listen() }
                try await waitUntil("all consumers to be woken") {
                    _ = try await fixture.addRepo("file:///\(fixture.commit())")
                    return woken.current == 3
                }
                group.cancelAll()
            }
        }
    }
}
