import Foundation
import Postgres
import TestSupport
import Testing

struct ListenerTests {
    private func listener(
        _ conninfo: String,
        _ channels: String...,
        bufferedMax: Int = 10_000
    ) throws -> PostgresListener {
        try PostgresListener(
            PostgresConfiguration(conninfo: conninfo), channels: channels, bufferedMax: bufferedMax)
    }

    @Test func `a notification arrives with its channel and text, in order, and only if committed`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let (one, two) = ("\(database.name)_one", "\(database.name) \"Two\"")
            let listener = try listener(database.conninfo, one, two)
            let events = listener.events.makeAsyncIterator()
            #expect(await events.next() == .connected)
            _ = try? await database.pool.withTransaction { transaction in
                try await transaction.execute("SELECT pg_notify(\(one), 'undone')")
                throw CancellationError()
            }
            try await database.pool.execute("SELECT pg_notify(\(one), 'naïve 🚀')")
            try await database.pool.execute("SELECT pg_notify(\(database.name + "_other"), 'not for us')")
            try await database.pool.execute("SELECT pg_notify(\(two), '')")
            #expect(await next(events) == [one, "naïve 🚀"])
            #expect(await next(events) == [two, ""])
            listener.close()
            #expect(await events.next() == nil)
        }
    }

    @Test func `a listener without channels or with a bad connection string is refused`() {
        for (conninfo, channels) in [("postgresql://me@/x", []), ("nonsense", ["news"])] {
            let error = #expect(throws: PostgresError.self) {
                try PostgresListener(PostgresConfiguration(conninfo: conninfo), channels: channels)
            }
            #expect(error?.code == .configuration)
        }
    }

    private func next(_ events: PostgresListener.Events.Iterator) async -> [String] {
        guard case .notification(let notification) = await events.next() else { return [] }
        return [notification.channel, notification.payload]
    }

    @Test func `none of 10,000 notifications from many connections is lost`() async throws {
        try await DatabaseSchema.withTemporary(maxConnections: 8) { database in
            let channel = database.name
            let listener = try listener(database.conninfo, channel)
            let events = listener.events.makeAsyncIterator()
            #expect(await events.next() == .connected)
            let senders = Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for sender in 0..<8 {
                        group.addTask {
                            for batch in 0..<25 {
                                let first = sender * 1_250 + batch * 50
                                try await database.pool.execute(
                                    """
                                    SELECT pg_notify(\(channel), x::text)
                                    FROM generate_series(\(first), \(first + 49)) x
                                    """)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            var seen: Set<String> = []
            while seen.count < 10_000, case .notification(let notification) = await events.next() {
                seen.insert(notification.payload)
            }
            try await senders.value
            #expect(seen.count == 10_000)
            listener.close()
        }
    }

    @Test func `a consumer that is too slow is told to read anew`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let channel = database.name
            let listener = try listener(database.conninfo, channel, bufferedMax: 5)
            let events = listener.events.makeAsyncIterator()
            #expect(await events.next() == .connected)
            for x in 0..<20 { try await database.pool.execute("SELECT pg_notify(\(channel), \(String(x)))") }
            var last = PostgresListener.Event.connected
            var hasOverflowed = false
            let end = PostgresListener.Event.notification(.init(channel: channel, payload: "19"))
            while last != end {
                guard let event = await events.next() else { break }
                last =
                    if case .notification(let notification) = event {
                        .notification(.init(channel: notification.channel, payload: notification.payload))
                    } else {
                        event
                    }
                if last == .overflowed { hasOverflowed = true }
            }
            #expect(hasOverflowed)
            listener.close()
        }
    }

    @Test func `a listener that loses its connection listens again and says so`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let channel = database.name
            let listener = try listener(database.conninfo + "&application_name=\(channel)", channel)
            let events = listener.events.makeAsyncIterator()
            #expect(await events.next() == .connected)
            for x in 0..<3 {
                try await database.pool.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = \(channel)")
                #expect(await events.next() == .reconnected)
                try await database.pool.execute("SELECT pg_notify(\(channel), \(String(x)))")
                #expect(await next(events) == [channel, String(x)])
            }
            listener.close()
        }
    }

    @Test func `a listener outlives a server that is killed and restarted`() async throws {
        try await ThrowawayServer.withRunning { server in
            let failures = AtomicBox()
            let listener = try PostgresListener(
                PostgresConfiguration(conninfo: server.conninfo), channels: ["news"],
                onFailure: { _ in failures.value.add(1, ordering: .relaxed) })
            let events = listener.events.makeAsyncIterator()
            #expect(await events.next() == .connected)
            try await server.kill()
            try await waitUntil("it has tried again") { failures.value.load(ordering: .relaxed) >= 2 }
            try await server.restart()
            #expect(await events.next() == .reconnected)
            let pool = PostgresPool(conninfo: server.conninfo)
            try await pool.execute("NOTIFY news, 'hello'")
            #expect(await next(events) == ["news", "hello"])
            await pool.close()
            listener.close()
        }
    }

    @Test func `cancelling the consumer and closing the listener both end the wait`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let first = try listener(database.conninfo, database.name)
            let cancelled = Task {
                var count = 0
                for await _ in first.events { count += 1 }
                return count
            }
            cancelled.cancel()
            #expect(await cancelled.value <= 1)

            let second = try listener(database.conninfo + "&application_name=\(database.name)", database.name)
            let closed = Task { for await _ in second.events {} }
            let count: SQL = "SELECT 1 FROM pg_stat_activity WHERE application_name = \(database.name)"
            try await waitUntil("it listens") { try await database.pool.query(count).count == 1 }
            second.close()
            await closed.value
            try await waitUntil("its connection ends") { try await database.pool.query(count).isEmpty }
            first.close()
        }
    }

    @Test func `a listener that nobody holds closes its connection`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let count: SQL = "SELECT 1 FROM pg_stat_activity WHERE application_name = \(database.name)"
            do {
                let listener = try listener(database.conninfo + "&application_name=\(database.name)", database.name)
                let events = listener.events.makeAsyncIterator()
                #expect(await events.next() == .connected)
                #expect(try await database.pool.query(count).count == 1)
            }
            try await waitUntil("its connection ends") { try await database.pool.query(count).isEmpty }
        }
    }
}
