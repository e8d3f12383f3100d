import Model
import Postgres
import Store
import TestSupport
import Testing

@testable import Server

@Suite struct WebhookInboxTests {
    @Test func `a full inbox turns deliveries away, and takes them again once it is written`() async throws {
        try await Self.withInbox(waitingMax: 2) { inbox, repo, pool in
            let kept = try await withThrowingTaskGroup(of: Bool.self) { group in
                try await pool.withTransaction { lock in
                    try await lock.execute("LOCK TABLE webhook_delivery IN EXCLUSIVE MODE")
                    group.addTask { (try? await inbox.accept(Self.delivery("d0", of: repo))) != nil }
                    try await Self.waitUntilWaiting(1, pool)
                    for name in 1..<5 {
                        group.addTask { (try? await inbox.accept(Self.delivery("d\(name)", of: repo))) != nil }
                    }
                    // One is being written and two wait: the others are told at once.
                    #expect(try await group.next() == false)
                    #expect(try await group.next() == false)
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(kept == 3)
            #expect(try await inbox.accept(Self.delivery("later", of: repo)) != nil)
        }
    }

    @Test func `whoever gives up while writing takes nobody else's delivery along`() async throws {
        try await Self.withInbox(waitingMax: 10) { inbox, repo, pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                let (leader, other) = try await pool.withTransaction { lock in
                    try await lock.execute("LOCK TABLE webhook_delivery IN EXCLUSIVE MODE")
                    group.addTask { _ = try await inbox.accept(Self.delivery("first", of: repo)) }
                    try await Self.waitUntilWaiting(1, pool)
                    let leader = Task { try await inbox.accept(Self.delivery("leader", of: repo)) }
                    try await waitUntil("the second delivery waits") { inbox.waitingCount == 1 }
                    let other = Task { try await inbox.accept(Self.delivery("other", of: repo)) }
                    try await waitUntil("the third delivery waits") { inbox.waitingCount == 2 }
                    group.addTask {
                        // In line behind the first statement, and before the one that writes the others.
                        try await pool.withTransaction { lock in
                            try await lock.execute("LOCK TABLE webhook_delivery IN EXCLUSIVE MODE")
                            try await Self.waitUntilWaiting(1, pool)
                            leader.cancel()
                            _ = await leader.result
                        }
                    }
                    try await Self.waitUntilWaiting(2, pool)
                    return (leader, other)
                }
                await #expect(throws: (any Error).self) { try await leader.value }
                #expect(try await other.value != nil)
                try await group.waitForAll()
            }
        }
    }

    private static func withInbox(
        waitingMax: Int, _ body: (WebhookInbox, RepoID, PostgresPool) async throws -> Void
    ) async throws {
        try await DatabaseSchema.withTemporary(maxConnections: 6) { schema in
            let store = StateStore(pool: schema.pool)
            try await store.migrate()
            let repo = try await store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.addRepo(url: "file:///shop", refs: [])
            }
            try await body(WebhookInbox(store: store, waitingMax: waitingMax), repo, schema.pool)
        }
    }

    private static func waitUntilWaiting(_ count: Int, _ pool: PostgresPool) async throws {
        try await waitUntil("\(count) statements wait for the table") {
            try await pool.query(
                "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'webhook_delivery'::regclass"
            ).count == count
        }
    }

    private static func delivery(_ name: String, of repo: RepoID) -> NewWebhookDelivery {
        NewWebhookDelivery(
            repo: repo, host: .github, deliveryID: name, source: "", kind: .push, event: "push", refs: [],
            refsLeftOut: 0, pusher: nil, problem: nil, body: [])
    }
}
