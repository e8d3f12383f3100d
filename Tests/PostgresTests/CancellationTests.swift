import Foundation
import Postgres
import TestSupport
import Testing

struct CancellationTests {
    @Test func `a late cancellation never hits the next statement`() async throws {
        try await DatabaseSchema.withTemporary { database in
            try await database.pool.withConnection { connection in
                var codes: Set<PostgresError.Code?> = []
                for round in 0..<300 {
                    let task = Task { () -> PostgresError.Code? in
                        do throws(PostgresError) {
                            try await connection.execute("SELECT pg_sleep(\(Double(round % 10) / 5_000))")
                            return nil
                        } catch {
                            return error.code
                        }
                    }
                    try await Task.sleep(for: .microseconds(Int.random(in: 0...3_000)))
                    task.cancel()
                    codes.insert(await task.value)
                    let answer: Int = try await connection.query("SELECT \(round)").one()[0]
                    #expect(answer == round)
                }
                #expect(codes.isSubset(of: [nil, .cancelled]))
                #expect(codes.contains(.cancelled), "no cancellation came in time to test anything")
            }
        }
    }

    @Test func `a storm of cancellations loses no connection of the pool`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let pool = database.pool
            try await pool.execute("CREATE TABLE done (x int)")
            let completed = AtomicBox()
            await withTaskGroup(of: Void.self) { group in
                for x in 0..<200 {
                    let task = Task {
                        try await pool.withTransaction { transaction in
                            try await transaction.execute("INSERT INTO done VALUES (\(x))")
                            try await transaction.execute("SELECT pg_sleep(0.005)")
                        }
                        completed.value.add(1, ordering: .relaxed)
                    }
                    group.addTask {
                        try? await Task.sleep(for: .milliseconds(Int.random(in: 0...600)))
                        task.cancel()
                        _ = await task.result
                    }
                }
            }
            #expect(pool.waiterCount == 0)
            let rows: Int = try await pool.query("SELECT count(*) FROM done").one()[0]
            #expect(rows == completed.value.load(ordering: .relaxed))
            let lent = AtomicBox()
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await pool.withConnection { connection in
                            lent.value.add(1, ordering: .relaxed)
                            try await waitUntil("four are lent at once") { lent.value.load(ordering: .relaxed) == 4 }
                            return try await connection.query("SELECT 1").one()[0]
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 4)
        }
    }
}
