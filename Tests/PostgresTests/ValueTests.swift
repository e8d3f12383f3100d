import Foundation
import Postgres
import TestSupport
import Testing

struct ValueTests {
    private struct Payload: Codable, Equatable {
        var name: String
        var counts: [Int]
        var at: Date
    }

    private enum Phase: String, PostgresCodable {
        case waiting
        case running
    }

    private struct PackageID: RawRepresentable, Hashable, PostgresCodable {
        var rawValue: Int64
    }

    private func roundTrip<Value: PostgresCodable & Equatable>(_ values: Value..., in pool: PostgresPool) async throws {
        for value in values {
            let row = try await pool.query("SELECT \(value), \([value]), \(value as Value?), \(nil as Value?)").one()
            #expect(try row[0] == value)
            #expect(try row[1] == [value])
            #expect(try row[2] == Optional(value))
            #expect(try row.decode(Value?.self, at: 3) == nil)
        }
    }

    @Test func `every type comes back as it went in, alone, in an array and as NULL`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let pool = database.pool
            try await roundTrip(0, 1, -1, Int.max, Int.min, in: pool)
            try await roundTrip(Int64.min, Int64.max, in: pool)
            try await roundTrip(Int32.min, Int32.max, in: pool)
            try await roundTrip(Int16.min, Int16.max, in: pool)
            try await roundTrip(true, false, in: pool)
            try await roundTrip(0, 1.5, -.infinity, .greatestFiniteMagnitude, Double.leastNonzeroMagnitude, in: pool)
            try await roundTrip("", "a'b\\c", "naïve 🚀 \u{1F468}\u{200D}\u{1F469} 日本\n\t\u{1}", in: pool)
            try await roundTrip(Data(), Data((0...255).map(UInt8.init)), in: pool)
            try await roundTrip(UUID(), in: pool)
            try await roundTrip(Duration.zero, .seconds(90), .microseconds(-1), .seconds(86_400 * 400), in: pool)
            try await roundTrip(Phase.waiting, Phase.running, in: pool)
            try await roundTrip(PackageID(rawValue: 42), in: pool)
        }
    }

    @Test func `a date keeps its microseconds before and after 2000`() async throws {
        try await DatabaseSchema.withTemporary { database in
            for seconds in [0, 0.000001, 1_800_000_000.123456, -0.000001, -3_000_000_000.5, 946_684_800] {
                let date = Date(timeIntervalSince1970: seconds)
                let row = try await database.pool.query("SELECT \(date), extract(epoch FROM \(date)), \([date])").one()
                #expect(abs(try row.decode(Date.self, at: 0).timeIntervalSince(date)) < 0.000001)
                #expect(abs(try row.decode(Double.self, at: 1) - seconds) < 0.000001)
                #expect(try row.decode([Date].self, at: 2).count == 1)
            }
            let far = Date(timeIntervalSinceReferenceDate: .greatestFiniteMagnitude)
            await #expect(throws: PostgresError.self) { try await database.pool.query("SELECT \(far)") }
        }
    }

    @Test func `bytes bind as bytea and not as an array of numbers`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let bytes: [UInt8] = [0, 255, 7]
            let row = try await database.pool.query("SELECT \(bytes) AS b, pg_typeof(\(bytes))::text AS t").one()
            #expect(try row["b"] == bytes)
            #expect(try row["t"] == "bytea")
        }
    }

    @Test func `arrays may be empty and may hold NULL`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let words: [String?] = ["a", nil, "{,\"}"]
            let row = try await database.pool.query(
                "SELECT \(words), \([] as [Int]), 'a' = ANY(\(["a", "b"])), ARRAY[]::text[], NULL::int[]"
            ).one()
            #expect(try row[0] == words)
            #expect(try row[1] == [] as [Int])
            #expect(try row[2] == true)
            #expect(try row[3] == [] as [String])
            #expect(try row.decode([Int]?.self, at: 4) == nil)
            #expect(throws: PostgresError.self) { try row.decode([String].self, at: 0) }
            #expect(throws: PostgresError.self) { try row.decode([String].self, at: 2) }
        }
    }

    @Test func `JSON goes in as a value and comes back as one`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let payload = Payload(name: "ü\"\\", counts: [1, 2], at: Date(timeIntervalSince1970: 1.25))
            let row = try await database.pool.query(
                """
                SELECT \(json: payload) AS a, \(json: payload)->>'name' AS name, \(json: Data(#"{"x": [1]}"#.utf8)) AS b,
                       \(json: nil as Payload?) AS none, '{"y":2}'::json AS c
                """
            ).one()
            #expect(try row.decode(json: Payload.self, "a") == payload)
            #expect(try row["name"] == payload.name)
            #expect(try row["b"] == #"{"x": [1]}"#)
            #expect(try row.isNull("none"))
            #expect(try row["c"] == Data(#"{"y":2}"#.utf8))
            let error = #expect(throws: PostgresError.self) { try row.decode(json: [Int].self, "a") }
            #expect(error?.code == .decoding)
            let place = #expect(throws: PostgresError.self) { try row.decode(json: [String: [Bool]].self, "b") }
            #expect(place?.message.hasSuffix(", at x.0: another type is expected") == true)
            let failure = await #expect(throws: PostgresError.self) {
                try await database.pool.query("SELECT \(json: Double.nan)")
            }
            #expect(failure?.code == .encoding)
        }
    }

    @Test func `whole numbers are read from any number type that holds one`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let row = try await database.pool.query(
                """
                SELECT 7::smallint, 7::int, 7::bigint, 7::numeric, sum(x), 12345678901234567::numeric, -10000::numeric,
                       0::numeric, 7.5::numeric, 1e30::numeric, 'NaN'::numeric, 300, -0.00012::numeric, 2.5::real
                FROM generate_series(1, 4) x
                """
            ).one()
            for column in 0...3 { #expect(try row[column] == 7) }
            #expect(try row[4] == 10)
            #expect(try row[5] == 12_345_678_901_234_567)
            #expect(try row[6] == -10_000)
            #expect(try row[7] == 0)
            for column in 8...10 { #expect(throws: PostgresError.self) { try row.decode(Int.self, at: column) } }
            #expect(try row[8] == 7.5)
            #expect(try row[9] == 1e30)
            #expect(throws: PostgresError.self) { try row.decode(UInt8.self, at: 11) }
            #expect(try row[12] == -0.00012)
            #expect(try row[13] == 2.5)
        }
    }

    @Test func `an error names column and type but not the value`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let row = try await database.pool.query("SELECT 'topsecret' AS token, NULL::text AS note, \(1) AS n").one()
            let wrong = #expect(throws: PostgresError.self) { try row.decode(Int.self, "token") }
            #expect(wrong?.code == .decoding)
            #expect(wrong?.message == "column token cannot be read as Int: its type is text")
            #expect(wrong?.query?.contains("$1") == true)
            #expect(wrong?.file.hasSuffix("ValueTests.swift") == true)
            let null = #expect(throws: PostgresError.self) { try row.decode(String.self, "note") }
            #expect(null?.message == "column note cannot be read as String: it is NULL; decode it as String?")
            let phase = #expect(throws: PostgresError.self) { try row.decode(Phase.self, "token") }
            #expect(phase?.message == "column token cannot be read as Phase: it is not a value of Phase")
            let missing = #expect(throws: PostgresError.self) { try row.decode(Int.self, "tokens") }
            #expect(missing?.message == "there is no column tokens, only token, note, n")
            #expect(throws: PostgresError.self) { try row.decode(Int.self, at: 3) }
        }
    }

    @Test func `a value of 16 MiB passes both ways`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let size = 16 << 20
            let large = Data(repeating: 0xA5, count: size)
            let row = try await database.pool.query("SELECT \(large) AS large, length(\(large)) AS size").one()
            #expect(try row["size"] == size)
            #expect(try row.decode(Data.self, "large") == large)
        }
    }

    @Test func `counts of rows are checked when asked`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let rows = try await database.pool.query("SELECT x FROM generate_series(1, 3) x")
            #expect(rows.count == 3)
            #expect(try rows.column(Int.self) == [1, 2, 3])
            #expect(throws: PostgresError.self) { try rows.one() }
            #expect(throws: PostgresError.self) { try rows.oneOrNone() }
            let none = try await database.pool.query("SELECT 1 WHERE false")
            #expect(try none.oneOrNone().map(\.columns) == nil)
            #expect(throws: PostgresError.self) { try none.one() }
        }
    }
}
