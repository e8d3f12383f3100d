import Foundation
import Postgres
import TestSupport
import Testing

struct ConnectionTests {
    @Test func `a script runs all of its statements or none`() async throws {
        try await DatabaseSchema.withTemporary { database in
            try await database.pool.withConnection { connection in
                try await connection.executeScript("CREATE TABLE a (x int); INSERT INTO a VALUES (1), (2); SELECT 1")
                #expect(try await connection.query("SELECT count(*) FROM a").one()[0] == 2)
                await #expect(throws: PostgresError.self) {
                    try await connection.executeScript("INSERT INTO a VALUES (3); INSERT INTO nowhere VALUES (1)")
                }
                #expect(try await connection.query("SELECT count(*) FROM a").one()[0] == 2)
            }
        }
    }

    @Test func `a refusal names the constraint and keeps the row to itself`() async throws {
        try await DatabaseSchema.withTemporary { database in
            try await database.pool.withConnection { connection in
                try await connection.executeScript(
                    """
                    CREATE TABLE a (name text CONSTRAINT a_name_key UNIQUE, size int CONSTRAINT a_size CHECK (size > 0));
                    CREATE TABLE b (name text CONSTRAINT b_a REFERENCES a (name));
                    INSERT INTO a VALUES ('topsecret', 1)
                    """)
            }
            let insert: SQL = "INSERT INTO a VALUES (\("topsecret"), 1)"
            let unique = await #expect(throws: PostgresError.self) { try await database.pool.execute(insert) }
            #expect(unique?.isUniqueViolation(of: "a_name_key") == true)
            #expect(unique?.isUniqueViolation(of: "a_other") == false)
            #expect(unique?.fields.table == "a")
            #expect(unique?.fields.detail?.contains("topsecret") == true)
            #expect(unique?.description.contains("topsecret") == false)
            #expect(unique?.description.contains("INSERT INTO a VALUES ($1, 1)") == true)
            let check = await #expect(throws: PostgresError.self) {
                try await database.pool.execute("INSERT INTO a VALUES ('x', 0)")
            }
            #expect(check?.isCheckViolation(of: "a_size") == true)
            let foreign = await #expect(throws: PostgresError.self) {
                try await database.pool.execute("INSERT INTO b VALUES ('x')")
            }
            #expect(foreign?.isForeignKeyViolation(of: "b_a") == true)
        }
    }

    @Test func `an error about a value does not show the value`() async throws {
        try await DatabaseSchema.withTemporary { database in
            for statement: SQL in [
                "SELECT \("topsecret")::int", "SELECT \("topsecret")::uuid", "SELECT \("topsecret")::timestamptz",
                "SELECT \("topsecret")::jsonb", "SELECT \("topsecret\"x")::interval",
                "SELECT \("x\"topsecret\"y")::int", "SELECT \("\u{301}topsecret")::int",
            ] {
                let error = await #expect(throws: PostgresError.self) { try await database.pool.query(statement) }
                #expect(error?.sqlState?.errorClass == "22")
                #expect(error?.description.contains("topsecret") == false)
                #expect(error?.fields.message?.contains("topsecret") == true || statement.text.contains("json"))
            }
        }
    }

    @Test func `cancelling the task stops the statement and keeps the connection`() async throws {
        try await DatabaseSchema.withTemporary { database in
            try await database.pool.withConnection { connection in
                let process: Int = try await connection.query("SELECT pg_backend_pid()").one()[0]
                let start = ContinuousClock.now
                let outcome = await withTaskGroup(of: PostgresError.Code?.self) { group in
                    group.addTask {
                        do throws(PostgresError) {
                            try await connection.execute("SELECT pg_sleep(60)")
                            return nil
                        } catch {
                            return error.code
                        }
                    }
                    try? await waitUntil("the statement runs") {
                        let active: SQL = """
                            SELECT 1 FROM pg_stat_activity
                            WHERE pid = \(process) AND state = 'active' AND query LIKE '%pg_sleep%'
                            """
                        return try await database.pool.query(active).count == 1
                    }
                    group.cancelAll()
                    return await group.next() ?? nil
                }
                #expect(outcome == .cancelled)
                #expect(ContinuousClock.now - start < .seconds(30))
                #expect(try await connection.query("SELECT pg_backend_pid()").one()[0] == process)
            }
        }
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        try await DatabaseSchema.withTemporary { database in
            try await database.pool.withConnection { connection in
                let task = Task {
                    withUnsafeCurrentTask { $0?.cancel() }
                    try await connection.executeScript("CREATE TABLE never (x int)")
                }
                await #expect(throws: PostgresError.self) { try await task.value }
                let isMissing: Bool = try await connection.query("SELECT to_regclass('never') IS NULL").one()[0]
                #expect(isMissing)
            }
        }
    }

    @Test func `a statement over its time is cancelled and the connection goes on`() async throws {
        try await DatabaseSchema.withTemporary { database in
            try await database.pool.withConnection { connection in
                let error = await #expect(throws: PostgresError.self) {
                    try await connection.query("SELECT pg_sleep(60)", timeout: .milliseconds(50))
                }
                #expect(error?.code == .timeout)
                let answer: Int = try await connection.query("SELECT 1").one()[0]
                #expect(answer == 1)
            }
        }
    }

    @Test func `many different statements leave no more than the bound prepared`() async throws {
        try await DatabaseSchema.withTemporary { database in
            var configuration = PostgresConfiguration(conninfo: database.conninfo)
            configuration.preparedStatementsMax = 8
            let connection = try await PostgresConnection.connect(configuration)
            for number in 0..<50 {
                let column = SQL(stringLiteral: "SELECT \(number % 20) + ") + "\(1)"
                #expect(try await connection.query(column).one()[0] == number % 20 + 1)
            }
            #expect(try await connection.query("SELECT count(*) FROM pg_prepared_statements").one()[0] == 8)
            await connection.close()
        }
    }

    @Test(arguments: [0, 256])
    func `a changed table does not break statements that were prepared before`(preparedMax: Int) async throws {
        try await DatabaseSchema.withTemporary { database in
            var configuration = PostgresConfiguration(conninfo: database.conninfo)
            configuration.preparedStatementsMax = preparedMax
            let connection = try await PostgresConnection.connect(configuration)
            try await connection.executeScript("CREATE TABLE a (x int); INSERT INTO a VALUES (1)")
            #expect(try await connection.query("SELECT * FROM a").columns == ["x"])
            try await connection.executeScript("ALTER TABLE a ADD y text DEFAULT 'new'")
            #expect(try await connection.query("SELECT * FROM a").columns == ["x", "y"])
            try await connection.executeScript("DEALLOCATE ALL")
            #expect(try await connection.query("SELECT * FROM a").columns == ["x", "y"])
            await connection.close()
        }
    }

    @Test func `the same text with values of another type is another statement`() async throws {
        try await DatabaseSchema.withTemporary { database in
            try await database.pool.withConnection { connection in
                let types: [String] = [
                    try await connection.query("SELECT pg_typeof(\(1))::text").one()[0],
                    try await connection.query("SELECT pg_typeof(\("a"))::text").one()[0],
                    try await connection.query("SELECT pg_typeof(\(1))::text").one()[0],
                ]
                #expect(types == ["bigint", "text", "bigint"])
            }
        }
    }

    @Test func `a bad connection string is refused without showing its password`() async {
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(.init(conninfo: "postgresql://me:topsecret@:bad:port/x"))
        }
        #expect(error?.code == .configuration || error?.code == .connection)
        #expect(error?.description.contains("topsecret") == false)
    }

    @Test func `a server that is not there is a connection error that says where`() async {
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(.init(conninfo: "postgresql://me@/x?host=/nonexistent"))
        }
        #expect(error?.code == .connection)
        #expect(error?.description.contains("/nonexistent") == true)
    }

    @Test func `a statement after the close is refused`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let connection = try await PostgresConnection.connect(.init(conninfo: database.conninfo))
            await connection.close()
            await connection.close()
            let error = await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") }
            #expect(error?.code == .closed)
        }
    }

    @Test func `COPY is refused instead of hanging`() async throws {
        try await DatabaseSchema.withTemporary { database in
            await #expect(throws: PostgresError.self) {
                try await database.pool.execute("COPY pg_class TO STDOUT")
            }
            let answer: Int = try await database.pool.query("SELECT 1").one()[0]
            #expect(answer == 1)
        }
    }

    @Test func `more values than the protocol has room for are refused before sending`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let values: [SQL] = (0..<65_536).map { "(\($0))" }
            let error = await #expect(throws: PostgresError.self) {
                try await database.pool.query("VALUES \(values.joined(separator: ","))")
            }
            #expect(error?.code == .encoding)
        }
    }
}
