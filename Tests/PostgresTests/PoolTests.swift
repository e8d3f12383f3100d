import Foundation
import Postgres
import TestSupport
import Testing

struct PoolTests {
    private func pool(
        _ database: DatabaseSchema,
        maxConnections: Int,
        waitersMax: Int = 10_000,
        acquireTimeout: Duration = .seconds(30)
    ) -> PostgresPool {
        PostgresPool(
            PostgresConfiguration(conninfo: database.conninfo), maxConnections: maxConnections,
            waitersMax: waitersMax, acquireTimeout: acquireTimeout)
    }

    private func backend(_ connection: PostgresConnection) async throws -> Int {
        try await connection.query("SELECT pg_backend_pid()").one()[0]
    }

    @Test func `200 transactions at once share four connections and none is lost`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let pool = pool(database, maxConnections: 4)
            try await pool.execute("CREATE TABLE counter (id int PRIMARY KEY, n int NOT NULL, pid int)")
            try await pool.execute("INSERT INTO counter SELECT x, 0 FROM generate_series(0, 9) x")
            let backends = try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<200 {
                    group.addTask {
                        try await pool.withTransaction { transaction in
                            let n: Int = try await transaction.query(
                                "SELECT n FROM counter WHERE id = \(index % 10) FOR UPDATE"
                            ).one()[0]
                            try await transaction.execute("UPDATE counter SET n = \(n + 1) WHERE id = \(index % 10)")
                            return try await transaction.query("SELECT pg_backend_pid()").one()[0]
                        }
                    }
                }
                return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
            }
            #expect(backends.count <= 4)
            #expect(try await pool.query("SELECT sum(n) FROM counter").one()[0] == 200)
            await pool.close()
        }
    }

    @Test func `callers get connections in the order in which they came`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let pool = pool(database, maxConnections: 1)
            try await pool.execute("CREATE TABLE arrival (place serial, name int)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await pool.withConnection { _ in
                    for name in 0..<20 {
                        group.addTask { try await pool.execute("INSERT INTO arrival (name) VALUES (\(name))") }
                        try await waitUntil("\(name) waits") { pool.waiterCount == name + 1 }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await pool.query("SELECT name FROM arrival ORDER BY place").column() == Array(0..<20))
            await pool.close()
        }
    }

    @Test func `a caller that waits too long is told so`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let pool = pool(database, maxConnections: 1, acquireTimeout: .milliseconds(50))
            try await pool.withConnection { _ in
                let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }
                #expect(error?.code == .poolExhausted)
                #expect(pool.waiterCount == 0)
            }
            let answer: Int = try await pool.query("SELECT 1").one()[0]
            #expect(answer == 1)
            await pool.close()
        }
    }

    @Test func `a line that is full refuses at once`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let pool = pool(database, maxConnections: 1, waitersMax: 1)
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await pool.withConnection { _ in
                    group.addTask { try await pool.execute("SELECT 1") }
                    try await waitUntil("one waits") { pool.waiterCount == 1 }
                    let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }
                    #expect(error?.code == .poolExhausted)
                }
                try await group.waitForAll()
            }
            await pool.close()
        }
    }

    @Test func `a cancelled caller leaves the line`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let pool = pool(database, maxConnections: 1)
            try await pool.withConnection { _ in
                let task = Task { try await pool.execute("SELECT 1") }
                try await waitUntil("it waits") { pool.waiterCount == 1 }
                task.cancel()
                let error = await #expect(throws: PostgresError.self) { try await task.value }
                #expect(error?.code == .cancelled)
                #expect(pool.waiterCount == 0)
            }
            await pool.close()
        }
    }

    @Test func `a connection that breaks while it is lent is replaced`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let pool = pool(database, maxConnections: 1)
            let first = try await pool.withConnection { try await backend($0) }
            let error = await #expect(throws: PostgresError.self) {
                try await pool.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            }
            #expect(error?.code == .connection)
            let second = try await pool.withConnection { try await backend($0) }
            #expect(first != second)
            await pool.close()
        }
    }

    @Test func `a connection that broke while it was idle is not lent`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let pool = pool(database, maxConnections: 1)
            for _ in 0..<3 {
                let idle = try await pool.withConnection { try await backend($0) }
                try await database.pool.execute("SELECT pg_terminate_backend(\(idle)::int, 5000)")
                let answer: Int = try await pool.query("SELECT 1").one()[0]
                #expect(answer == 1)
            }
            await pool.close()
        }
    }

    @Test func `a transaction that was left open is not lent to the next one`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let pool = pool(database, maxConnections: 1)
            try await pool.withConnection { try await $0.executeScript("BEGIN; CREATE TABLE never (x int)") }
            #expect(try await pool.query("SELECT to_regclass('never') IS NULL").one()[0] == true)
            await pool.close()
        }
    }

    @Test func `closing waits for what is lent and refuses what comes`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let pool = pool(database, maxConnections: 2)
            try await pool.execute("CREATE TABLE done (x int)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await pool.withConnection { connection in
                    group.addTask { await pool.close() }
                    try await waitUntil("new callers are refused") {
                        do throws(PostgresError) {
                            try await pool.execute("SELECT 1")
                            return false
                        } catch {
                            return error.code == .closed
                        }
                    }
                    try await connection.execute("INSERT INTO done VALUES (1)")
                }
                try await group.waitForAll()
            }
            #expect(try await database.pool.query("SELECT count(*) FROM done").one()[0] == 1)
            await pool.close()
        }
    }

    @Test func `closing gives up statements that run beyond its time`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let pool = pool(database, maxConnections: 2)
            let task = Task { try await pool.execute("SELECT pg_sleep(61)") }
            try await waitUntil("the statement runs") {
                let sleepers: SQL =
                    "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_sleep(61)'"
                return try await database.pool.query(sleepers).count > 0
            }
            await pool.close(timeout: .milliseconds(20))
            let error = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(error?.code == .closed)
        }
    }

    @Test func `closing at any moment of opening a connection leaves none behind`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let conninfo = database.conninfo + "&application_name=\(database.name)"
            for _ in 0..<30 {
                let pool = PostgresPool(conninfo: conninfo, maxConnections: 1)
                // A cancel that overtakes its statement is lost, by the protocol: then only the statement's end ends it.
                let task = Task { try await pool.execute("SELECT pg_sleep(5)") }
                try await Task.sleep(for: .microseconds(Int.random(in: 0...10_000)))
                await pool.close(timeout: .zero)
                let error = await #expect(throws: PostgresError.self) { try await task.value }
                #expect(error?.code == .closed)
            }
            try await waitUntil("all connections end") {
                let left: SQL = "SELECT 1 FROM pg_stat_activity WHERE application_name = \(database.name)"
                return try await database.pool.query(left).isEmpty
            }
        }
    }

    @Test func `closing does not wait for ever for a connection that is not given back`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let pool = pool(database, maxConnections: 1)
            try await pool.withConnection { connection in
                await pool.close(timeout: .milliseconds(20))
                let error = await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") }
                #expect(error?.code == .closed)
            }
            await pool.close()
        }
    }

    @Test func `a pool that never connected reports at once`() async throws {
        let pool = PostgresPool(conninfo: "postgresql://me@/x?host=/nonexistent")
        let start = ContinuousClock.now
        let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }
        #expect(error?.code == .connection)
        #expect(ContinuousClock.now - start < .seconds(5))
        await pool.close()
    }

    @Test func `a server that is killed and comes back is used again`() async throws {
        try await ThrowawayServer.withRunning { server in
            let pool = PostgresPool(
                PostgresConfiguration(conninfo: server.conninfo), maxConnections: 4, acquireTimeout: .seconds(1))
            try await pool.execute("CREATE TABLE note (x int)")
            let running = Task { try await pool.execute("SELECT pg_sleep(60)") }
            try await waitUntil("a statement runs") {
                try await pool.query("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'").count == 1
            }
            try await server.kill()
            let lost = await #expect(throws: PostgresError.self) { try await running.value }
            #expect(lost?.code == .connection)
            let refused = await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }
            #expect(refused?.code == .connection)
            let crowd = await withTaskGroup(of: PostgresError.Code?.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do throws(PostgresError) {
                            try await pool.execute("SELECT 1")
                            return nil
                        } catch {
                            return error.code
                        }
                    }
                }
                return await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(crowd == [.connection])
            try await server.restart()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for x in 0..<20 { group.addTask { try await pool.execute("INSERT INTO note VALUES (\(x))") } }
                try await group.waitForAll()
            }
            #expect(try await pool.query("SELECT count(*) FROM note").one()[0] == 20)
            await pool.close()
        }
    }

    @Test func `callers wait through a short outage`() async throws {
        try await ThrowawayServer.withRunning { server in
            let pool = PostgresPool(
                PostgresConfiguration(conninfo: server.conninfo), maxConnections: 2, acquireTimeout: .seconds(60))
            try await pool.execute("CREATE TABLE note (x int)")
            try await server.kill()
            let callers = Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for x in 0..<10 { group.addTask { try await pool.execute("INSERT INTO note VALUES (\(x))") } }
                    try await group.waitForAll()
                }
            }
            try await waitUntil("they wait") { pool.waiterCount >= 5 }
            try await server.restart()
            try await callers.value
            #expect(try await pool.query("SELECT count(*) FROM note").one()[0] == 10)
            await pool.close()
        }
    }
}
