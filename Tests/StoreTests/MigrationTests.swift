import Postgres
import Store
import TestSupport
import Testing

struct MigrationTests {
    @Test func `replicas that start at once migrate once, and again changes nothing`() async throws {
        try await DatabaseSchema.withTemporary(maxConnections: 6) { database in
            let store = StateStore(pool: database.pool)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 { group.addTask { try await store.migrate() } }
                try await group.waitForAll()
            }
            try await store.migrate()
            let applied: [Int] = try await database.pool.query("SELECT number FROM schema_migration").column()
            #expect(applied == [1, 2])
        }
    }

    @Test func `a database of a newer binary is refused and left alone`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let store = StateStore(pool: database.pool)
            try await store.migrate()
            try await database.pool.execute("INSERT INTO schema_migration (number, name) VALUES (999, 'of tomorrow')")
            let error = await #expect(throws: StoreError.self) { try await store.migrate() }
            #expect(error?.code == .invalid)
            #expect(error?.description.contains("run a newer ocuroot") == true)
        }
    }
}
