import Model
import NIOCore
import NIOPosix
import Postgres
import Store
import TestSupport
import Testing

@testable import Server

@Suite struct WebhookInboxTests {
    @Test func `a full inbox turns deliveries away, and takes them again once it is written`() async throws {
        try await Self.withInbox(waitingMax: 2) { inbox, repo, pool in
            let loop = MultiThreadedEventLoopGroup.singleton.any()
            var waiting: [EventLoopFuture<WebhookDeliveryID?>] = []
            try await pool.withTransaction { lock in
                try await lock.execute("LOCK TABLE webhook_delivery IN EXCLUSIVE MODE")
                waiting.append(inbox.accept(Self.delivery("d0", of: repo), on: loop))
                try await Self.waitUntilWaiting(1, pool)
                for name in 1..<3 { waiting.append(inbox.accept(Self.delivery("d\(name)", of: repo), on: loop)) }
                // One is being written and two wait: the others are told at once.
                for name in 3..<5 {
                    let problem = await #expect(throws: Problem.self) {
                        try await inbox.accept(Self.delivery("d\(name)", of: repo), on: loop).get()
                    }
                    #expect(problem?.code == "inbox_full")
                }
            }
            for delivery in waiting { #expect(try await delivery.get() != nil) }
            #expect(try await inbox.accept(Self.delivery("later", of: repo), on: loop).get() != nil)
        }
    }

    @Test func `what one delivery has wrong does not keep those that are written with it`() async throws {
        try await Self.withInbox(waitingMax: 10) { inbox, repo, pool in
            let loop = MultiThreadedEventLoopGroup.singleton.any()
            try await pool.execute(
                "ALTER TABLE webhook_delivery ADD CONSTRAINT is_liked CHECK (delivery_id <> 'disliked')")
            var waiting: [EventLoopFuture<WebhookDeliveryID?>] = []
            try await pool.withTransaction { lock in
                try await lock.execute("LOCK TABLE webhook_delivery IN EXCLUSIVE MODE")
                waiting.append(inbox.accept(Self.delivery("first", of: repo), on: loop))
                try await Self.waitUntilWaiting(1, pool)
                for name in ["a", "disliked", "b"] {
                    waiting.append(inbox.accept(Self.delivery(name, of: repo), on: loop))
                }
            }
            for index in [0, 1, 3] { #expect(try await waiting[index].get() != nil) }
            await #expect(throws: StoreError.self) { try await waiting[2].get() }
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
