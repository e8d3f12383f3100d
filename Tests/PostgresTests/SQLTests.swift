import Testing

@testable import Postgres

struct SQLTests {
    @Test func `an interpolated value becomes a placeholder and never text`() {
        let name = "'; DROP TABLE package; --"
        let statement: SQL = "SELECT * FROM package WHERE name = \(name) AND id = \(7)"
        #expect(statement.text == "SELECT * FROM package WHERE name = $1 AND id = $2")
        #expect(statement.bindCount == 2)
        #expect(!statement.description.contains("DROP"))
    }

    @Test func `concatenation numbers the placeholders on`() {
        let left: SQL = "SELECT \(1), \(2)"
        let sum = left + " WHERE a = \(3)" + " ORDER BY b"
        #expect(sum.text == "SELECT $1, $2 WHERE a = $3 ORDER BY b")
        #expect(sum.bindCount == 3)
    }

    @Test func `a statement inside of another keeps its values in order`() {
        let condition: SQL = "a = \(1) OR b = \("x")"
        let statement: SQL = "SELECT \(0) WHERE (\(condition)) AND c = \(true)"
        #expect(statement.text == "SELECT $1 WHERE (a = $2 OR b = $3) AND c = $4")
    }

    @Test func `joining puts the separator between the parts only`() {
        let rows: [SQL] = [1, 2, 3].map { "(\($0))" }
        let none: [SQL] = []
        #expect(rows.joined(separator: ", ").text == "($1), ($2), ($3)")
        #expect(none.joined(separator: ", ").text == "")
    }

    @Test func `an identifier is quoted so that it cannot end early`() {
        let statement: SQL = "SELECT \(raw: "count(*)") FROM \(identifier: "odd\"name")"
        #expect(statement.text == "SELECT count(*) FROM \"odd\"\"name\"")
        let marked: SQL = "SELECT 1 FROM \(identifier: "odd\"\u{301}name")"
        #expect(marked.text == "SELECT 1 FROM \"odd\"\"\u{301}name\"")
    }

    @Test func `the cache drops the statement that was used longest ago`() {
        var cache = StatementCache(countMax: 2)
        func key(_ text: String) -> StatementCache.Key { .init(text: text, types: []) }
        func prepare(_ text: String) -> [String] {
            guard case .prepare(let name, let dropping) = cache.step(for: key(text)) else { return ["ready"] }
            cache.insert(key(text), name: name)
            return dropping
        }
        #expect(prepare("a") == [])
        #expect(prepare("b") == [])
        #expect(cache.step(for: key("a")) == .ready("s1"))
        #expect(prepare("c") == ["s2"])
        #expect(cache.step(for: key("a")) == .ready("s1"))
        #expect(prepare("b") == ["s3"])
    }

    @Test func `delays double up to their bound`() {
        let backoff = Backoff(first: .milliseconds(10), max: .milliseconds(100))
        for (failures, full) in [(1, 10), (2, 20), (4, 80), (5, 100), (5_000, 100)] {
            let delay = backoff.delay(afterFailure: failures)
            #expect(delay <= .milliseconds(full))
            #expect(delay >= .milliseconds(full) / 2)
        }
    }
}
