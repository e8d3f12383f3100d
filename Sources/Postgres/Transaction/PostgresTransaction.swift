import Synchronization

/// A transaction that is open.
///
/// It ends when the closure that got it returns or throws, and refuses every use after.
public final class PostgresTransaction: PostgresClient {
    private struct State {
        var hasEnded = false
        var isRetryable = false
        var savepoints = 0
    }

    private let connection: PostgresConnection
    private let state = Mutex(State())

    init(on connection: PostgresConnection) {
        self.connection = connection
    }

    /// Runs one statement in the transaction; see ``PostgresClient``.
    public func run(_ statement: SQL, timeout: Duration?, site: CallSite) async throws(PostgresError) -> Rows {
        try checkOpen("query", at: site)
        do {
            return try await connection.run(statement, timeout: timeout, site: site)
        } catch {
            if error.isRetryable { state.withLock { $0.isRetryable = true } }
            throw error
        }
    }

    /// Runs a script of several statements in the transaction; see ``PostgresConnection/executeScript(_:timeout:file:line:)``.
    public func executeScript(
        _ script: String,
        timeout: Duration? = nil,
        file: String = #fileID,
        line: UInt = #line
    ) async throws(PostgresError) {
        try checkOpen("script", at: CallSite(file: file, line: line))
        try await connection.executeScript(script, timeout: timeout, file: file, line: line)
    }

    /// Runs `body`; what it did is undone if it throws, and the transaction goes on either way.
    @discardableResult
    public func withSavepoint<Result>(
        isolation: isolated (any Actor)? = #isolation,
        file: String = #fileID,
        line: UInt = #line,
        _ body: (PostgresTransaction) async throws -> Result
    ) async throws -> Result {
        let site = CallSite(file: file, line: line)
        try checkOpen("savepoint", at: site)
        let name = state.withLock { state in
            state.savepoints += 1
            return "ocuroot_\(state.savepoints)"
        }
        _ = try await connection.control("SAVEPOINT \(name)", operation: "savepoint", site: site)
        let result: Result
        do {
            result = try await body(self)
        } catch {
            // If this fails too, the transaction cannot be committed any more, which its end reports.
            let undo = "ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)"
            _ = try? await connection.control(undo, operation: "savepoint", site: site)
            throw error
        }
        _ = try await connection.control("RELEASE SAVEPOINT \(name)", operation: "savepoint", site: site)
        return result
    }

    /// Whether a statement failed in a way that running the whole transaction again may mend.
    var isRetryable: Bool { state.withLock(\.isRetryable) }

    func end() {
        state.withLock { $0.hasEnded = true }
    }

    private func checkOpen(_ operation: String, at site: CallSite) throws(PostgresError) {
        guard state.withLock(\.hasEnded) else { return }
        throw PostgresError(.closed, operation, "the transaction has ended", at: site)
    }
}
