import Postgres

extension StateStore {
    /// The advisory lock under which the schema is changed, "ocuroot\0" as a number.
    private static let migrationLock: Int64 = 0x6F63_7572_6F6F_7400

    /// Brings the database's schema up to what this binary needs, each step in a transaction of its own.
    ///
    /// May run on several replicas at once and again at any time. Throws ``StoreError/Code/invalid`` when the database
    /// belongs to a newer binary; nothing is changed then.
    public func migrate() async throws(StoreError) {
        do {
            try await pool.withConnection { connection in
                try await connection.execute(
                    "SELECT pg_advisory_lock(hashtextextended(current_schema(), \(Self.migrationLock)))")
                do {
                    try await migrate(on: connection)
                } catch {
                    try? await unlock(connection)
                    throw error
                }
                try await unlock(connection)
            }
        } catch {
            throw StoreError.from(error, "migrate")
        }
    }

    private func unlock(_ connection: PostgresConnection) async throws(PostgresError) {
        try await connection.execute(
            "SELECT pg_advisory_unlock(hashtextextended(current_schema(), \(Self.migrationLock)))")
    }

    private func migrate(on connection: PostgresConnection) async throws {
        try await connection.executeScript(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                number int PRIMARY KEY,
                name text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now()
            )
            """)
        let known = Migration.all.count
        let applied: Int = try await connection.query("SELECT coalesce(max(number), 0) FROM schema_migration").one()[0]
        guard applied <= known else {
            throw StoreError(
                .invalid, "migrate",
                "the database has schema \(applied) and this ocuroot knows only up to \(known): run a newer ocuroot")
        }
        for migration in Migration.all.dropFirst(applied) {
            try await connection.withTransaction { transaction in
                try await transaction.executeScript(migration.script)
                try await transaction.execute(
                    "INSERT INTO schema_migration (number, name) VALUES (\(migration.number), \(migration.name))")
            }
        }
    }
}
