/// What can run a statement: a connection, a transaction, or a pool (each statement on any connection).
public protocol PostgresClient: Sendable {
    /// Runs one statement. Use ``query(_:timeout:file:line:)`` and ``execute(_:timeout:file:line:)``.
    ///
    /// - Parameters:
    ///   - timeout: after this the statement is cancelled; `nil` means the configured time.
    ///   - site: the call to name in errors.
    func run(_ statement: SQL, timeout: Duration?, site: CallSite) async throws(PostgresError) -> Rows
}

extension PostgresClient {
    /// Runs one statement and returns its rows.
    ///
    /// Cancelling the task cancels the statement on the server and throws ``PostgresError/Code/cancelled``.
    public func query(
        _ statement: SQL,
        timeout: Duration? = nil,
        file: String = #fileID,
        line: UInt = #line
    ) async throws(PostgresError) -> Rows {
        try await run(statement, timeout: timeout, site: CallSite(file: file, line: line))
    }

    /// Runs one statement and returns how many rows it inserted, changed, deleted or returned.
    @discardableResult
    public func execute(
        _ statement: SQL,
        timeout: Duration? = nil,
        file: String = #fileID,
        line: UInt = #line
    ) async throws(PostgresError) -> Int {
        try await run(statement, timeout: timeout, site: CallSite(file: file, line: line)).affectedRows
    }
}
