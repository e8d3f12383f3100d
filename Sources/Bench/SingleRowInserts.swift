import Foundation

/// What the database alone takes: pgbench that inserts single rows as fast as it can.
struct SingleRowInserts {
    private let pgbench: String
    private let database: String
    private let script: String

    /// Makes a table with a primary key and a unique name.
    init(pgbench: String, database: String, root: String) throws {
        self.pgbench = pgbench
        self.database = database
        script = root + "/insert.sql"
        let insert = "INSERT INTO single_row (name, body) VALUES (gen_random_uuid()::text, repeat('x', 100));\n"
        try Data(insert.utf8).write(to: URL(fileURLWithPath: script))
        _ = try sql(
            "CREATE TABLE single_row (id bigserial PRIMARY KEY, name text NOT NULL UNIQUE, "
                + "at timestamptz NOT NULL DEFAULT now(), body text NOT NULL)")
    }

    /// Rows a second of so many clients.
    func rate(seconds: Double, clients: Int) throws -> Double {
        let output = try MeasuredProcess.run(
            pgbench,
            [
                "-n", "-M", "prepared", "-f", script, "-c", "\(clients)", "-j", "2", "-T",
                "\(Int(seconds.rounded(.up)))", database,
            ]
        ).output
        let line = output.split(separator: "\n").first { $0.hasPrefix("tps = ") }
        guard let rate = line?.dropFirst("tps = ".count).split(separator: " ").first.flatMap({ Double($0) }) else {
            throw BenchError("pgbench printed no rate:\n\(output)")
        }
        return rate
    }

    /// The newest id of a table, which counts its rows, and those that were cleared away since.
    func newestID(of table: String) throws -> Int {
        Int(try sql("SELECT max(id) FROM \(table)").trimmed) ?? 0
    }

    private func sql(_ statement: String) throws -> String {
        try MeasuredProcess.run("psql", ["-X", "-q", "-A", "-t", "-c", statement, database]).output
    }
}
