import Foundation
import Postgres

/// A fresh, empty schema of the test server for one test; it is dropped with all in it when the test ends.
///
/// Tests run side by side, each in its own schema. What is not in a schema they share: NOTIFY channels and advisory
/// locks belong to the database.
public struct DatabaseSchema: Sendable {
    /// The schema's name.
    public let name: String
    /// A connection string whose connections see only this schema, for another pool or another process.
    public let conninfo: String
    /// Connections that see only this schema.
    public let pool: PostgresPool

    /// The variable that names the test server.
    public static let variable = "OCUROOT_TEST_DATABASE_URL"

    /// Runs `body` with a schema of its own.
    ///
    /// - Parameter maxConnections: how many connections ``pool`` opens at most.
    /// - Throws: ``MissingDatabase`` if the environment names no server, and what `body` throws.
    public static func withTemporary<Result>(
        maxConnections: Int = 4,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (DatabaseSchema) async throws -> Result
    ) async throws -> Result {
        guard let url = ProcessInfo.processInfo.environment[variable], !url.isEmpty else { throw MissingDatabase() }
        await TestSlots.schemas.take()
        do {
            let result = try await withSchema(of: url, maxConnections, isolation: isolation, body)
            await TestSlots.schemas.release()
            return result
        } catch {
            await TestSlots.schemas.release()
            throw error
        }
    }

    private static func withSchema<Result>(
        of url: String,
        _ maxConnections: Int,
        isolation: isolated (any Actor)?,
        _ body: (DatabaseSchema) async throws -> Result
    ) async throws -> Result {
        let name = "test_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
        let conninfo = restrict(url, to: name)
        let admin = try await PostgresConnection.connect(PostgresConfiguration(conninfo: url))
        try await admin.execute("CREATE SCHEMA \(identifier: name)")
        let pool = PostgresPool(conninfo: conninfo, maxConnections: maxConnections)
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(DatabaseSchema(name: name, conninfo: conninfo, pool: pool)))
        } catch {
            outcome = .failure(error)
        }
        await pool.close(timeout: .seconds(5))
        // Whatever the test's own connections still hold would make the drop wait: end them first. Not cancellable,
        // so that a cancelled test leaves nothing behind.
        try await Task.detached {
            try await admin.execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_locks
                WHERE pid <> pg_backend_pid() AND relation IN
                  (SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace(\(name)))
                """)
            try await admin.execute("DROP SCHEMA \(identifier: name) CASCADE")
            await admin.close()
        }.value
        return try outcome.get()
    }

    /// Adds a search path to a connection string of either form.
    static func restrict(_ conninfo: String, to schema: String) -> String {
        let isURL = conninfo.hasPrefix("postgresql://") || conninfo.hasPrefix("postgres://")
        guard isURL else { return conninfo + " options='-csearch_path=\(schema)'" }
        return conninfo + (conninfo.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema)"
    }
}
