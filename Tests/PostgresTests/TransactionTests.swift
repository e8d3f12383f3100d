import Postgres
import Synchronization
import TestSupport
import Testing

struct TransactionTests {
    private struct Stop: Error {}

    private func withTable(_ body: (PostgresPool) async throws -> Void) async throws {
        try await DatabaseSchema.withTemporary { database in
            try await database.pool.execute("CREATE TABLE a (x int PRIMARY KEY, n int NOT NULL DEFAULT 0)")
            try await body(database.pool)
        }
    }

    private func count(_ pool: PostgresPool) async throws -> Int {
        try await pool.query("SELECT count(*) FROM a").one()[0]
    }

    @Test func `what returns is committed and what throws is undone`() async throws {
        try await withTable { pool in
            let value = try await pool.withTransaction { try await $0.execute("INSERT INTO a VALUES (1), (2)") }
            #expect(value == 2)
            await #expect(throws: Stop.self) {
                try await pool.withTransaction { transaction in
                    try await transaction.execute("INSERT INTO a VALUES (3)")
                    throw Stop()
                }
            }
            #expect(try await count(pool) == 2)
        }
    }

    @Test func `a transaction whose failed statement was swallowed does not look committed`() async throws {
        try await withTable { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withTransaction { transaction in
                    try await transaction.execute("INSERT INTO a VALUES (1)")
                    _ = try? await transaction.execute("INSERT INTO a VALUES (1)")
                }
            }
            #expect(error?.sqlState == .inFailedTransaction)
            #expect(error?.operation == "commit")
            let count = try await count(pool)
            #expect(count == 0)
        }
    }

    @Test func `a savepoint undoes its part alone`() async throws {
        try await withTable { pool in
            try await pool.withTransaction { transaction in
                try await transaction.execute("INSERT INTO a VALUES (1)")
                await #expect(throws: PostgresError.self) {
                    try await transaction.withSavepoint { inner in
                        try await inner.execute("INSERT INTO a VALUES (2)")
                        try await inner.execute("INSERT INTO a VALUES (1)")
                    }
                }
                try await transaction.withSavepoint { try await $0.execute("INSERT INTO a VALUES (3)") }
            }
            #expect(try await pool.query("SELECT x FROM a ORDER BY x").column() == [1, 3])
        }
    }

    @Test func `a transaction that escaped its closure is of no use`() async throws {
        try await withTable { pool in
            let escaped = try await pool.withTransaction { $0 }
            let error = await #expect(throws: PostgresError.self) { try await escaped.query("SELECT 1") }
            #expect(error?.code == .closed)
        }
    }

    @Test func `a read-only transaction refuses writes`() async throws {
        try await withTable { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withTransaction(.init(isReadOnly: true)) {
                    try await $0.execute("INSERT INTO a VALUES (1)")
                }
            }
            #expect(error?.sqlState == .readOnlyTransaction)
        }
    }

    /// Reads the one row, waits for the other to have read it too, and adds one.
    private func increment(_ pool: PostgresPool, attemptsMax: Int, runs: AtomicBox) async throws {
        let options = PostgresTransactionOptions(isolation: .serializable, attemptsMax: attemptsMax)
        try await pool.withTransaction(options) { transaction in
            runs.value.add(1, ordering: .relaxed)
            let n: Int = try await transaction.query("SELECT n FROM a WHERE x = 1").one()[0]
            try await waitUntil("the other one has read") { runs.value.load(ordering: .relaxed) >= 2 }
            try await transaction.execute("UPDATE a SET n = \(n + 1) WHERE x = 1")
        }
    }

    @Test func `a serialization failure is retried only if asked`() async throws {
        try await withTable { pool in
            try await pool.execute("INSERT INTO a VALUES (1)")
            let asked = AtomicBox()
            async let one: Void = increment(pool, attemptsMax: 5, runs: asked)
            async let two: Void = increment(pool, attemptsMax: 5, runs: asked)
            _ = try await (one, two)
            #expect(try await pool.query("SELECT n FROM a").one()[0] == 2)
            #expect(asked.value.load(ordering: .relaxed) == 3)

            let once = AtomicBox()
            let error = await #expect(throws: PostgresError.self) {
                async let one: Void = increment(pool, attemptsMax: 1, runs: once)
                async let two: Void = increment(pool, attemptsMax: 1, runs: once)
                _ = try await (one, two)
            }
            #expect(error?.sqlState == .serializationFailure)
            #expect(once.value.load(ordering: .relaxed) == 2)
        }
    }

    @Test func `a deadlock ends one transaction, which is run again`() async throws {
        try await withTable { pool in
            try await pool.execute("INSERT INTO a VALUES (1), (2)")
            let begun = AtomicBox()
            @Sendable func lock(_ first: Int, _ second: Int) async throws {
                try await pool.withTransaction(.init(attemptsMax: 3)) { transaction in
                    try await transaction.execute("UPDATE a SET n = n + 1 WHERE x = \(first)")
                    begun.value.add(1, ordering: .relaxed)
                    try await waitUntil("both have begun") { begun.value.load(ordering: .relaxed) >= 2 }
                    try await transaction.execute("UPDATE a SET n = n + 1 WHERE x = \(second)")
                }
            }
            async let one: Void = lock(1, 2)
            async let two: Void = lock(2, 1)
            _ = try await (one, two)
            #expect(try await pool.query("SELECT n FROM a").column() == [2, 2])
        }
    }

    @Test func `a cancelled task rolls back and gives a usable connection back`() async throws {
        try await withTable { pool in
            let isInside = AtomicBox()
            let task = Task {
                try await pool.withTransaction { transaction in
                    try await transaction.execute("INSERT INTO a VALUES (1)")
                    isInside.value.store(1, ordering: .relaxed)
                    try await transaction.execute("SELECT pg_sleep(60)")
                }
            }
            try await waitUntil("the transaction waits") { isInside.value.load(ordering: .relaxed) == 1 }
            task.cancel()
            let error = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(error?.code == .cancelled)
            #expect(try await count(pool) == 0)
        }
    }
}

/// A counter that closures share.
final class AtomicBox: Sendable {
    let value = Atomic(0)
}
