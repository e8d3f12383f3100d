import Postgres

/// Runs statements and turns every failure into a ``StoreError``.
struct Database: Sendable {
    let client: any PostgresClient

    /// Runs a statement and returns its rows; `operation` names the call in errors.
    func query(
        _ operation: String, _ statement: SQL, file: String = #fileID, line: UInt = #line
    ) async throws(StoreError) -> Rows {
        do throws(PostgresError) {
            return try await client.query(statement, file: file, line: line)
        } catch {
            throw StoreError.from(error, operation)
        }
    }

    /// Runs a statement and returns how many rows it changed.
    @discardableResult
    func execute(
        _ operation: String, _ statement: SQL, file: String = #fileID, line: UInt = #line
    ) async throws(StoreError) -> Int {
        try await query(operation, statement, file: file, line: line).affectedRows
    }
}
