import Synchronization

/// A bounded set of connections to one database that callers borrow one at a time, first come, first served.
///
/// A connection that broke, or that comes back with a transaction open, is dropped and replaced when needed. While
/// the server is away, callers get a ``PostgresError/Code/connection`` error after ``acquireTimeout``; once it is back
/// the pool works again.
public final class PostgresPool: PostgresClient {
    /// Where the database is and how connections behave.
    public let configuration: PostgresConfiguration
    /// How long a caller waits for a connection, reconnecting included.
    public let acquireTimeout: Duration

    let state: Mutex<PoolState>

    /// Makes a pool; connections are opened when they are needed.
    ///
    /// - Parameters:
    ///   - maxConnections: how many connections are open at most, at least 1.
    ///   - waitersMax: how many callers may wait; further ones are refused at once.
    public init(
        _ configuration: PostgresConfiguration,
        maxConnections: Int = 10,
        waitersMax: Int = 10_000,
        acquireTimeout: Duration = .seconds(15)
    ) {
        self.configuration = configuration
        self.acquireTimeout = acquireTimeout
        state = Mutex(PoolState(connectionsMax: max(1, maxConnections), waitersMax: waitersMax))
    }

    /// Makes a pool of connections to the database that a libpq connection string names.
    public convenience init(conninfo: String, maxConnections: Int = 10) {
        self.init(PostgresConfiguration(conninfo: conninfo), maxConnections: maxConnections)
    }

    /// Runs one statement on a connection of its own; see ``PostgresClient``.
    public func run(_ statement: SQL, timeout: Duration?, site: CallSite) async throws(PostgresError) -> Rows {
        let borrowed = try await borrow(at: site)
        do {
            let rows = try await borrowed.connection.run(statement, timeout: timeout, site: site)
            giveBack(borrowed)
            return rows
        } catch {
            giveBack(borrowed)
            throw error
        }
    }

    /// Lends a connection to `body`, which must not use it after it returns.
    ///
    /// Throws ``PostgresError/Code/connection``, ``PostgresError/Code/poolExhausted``, ``PostgresError/Code/closed``
    /// or ``PostgresError/Code/cancelled`` if there is none, and what `body` throws.
    @discardableResult
    public func withConnection<Result>(
        isolation: isolated (any Actor)? = #isolation,
        file: String = #fileID,
        line: UInt = #line,
        _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let borrowed = try await borrow(at: CallSite(file: file, line: line))
        do {
            let result = try await body(borrowed.connection)
            giveBack(borrowed)
            return result
        } catch {
            giveBack(borrowed)
            throw error
        }
    }

    /// Runs `body` in a transaction; see ``PostgresConnection/withTransaction(_:isolation:file:line:_:)``.
    @discardableResult
    public func withTransaction<Result>(
        _ options: PostgresTransactionOptions = .init(),
        isolation: isolated (any Actor)? = #isolation,
        file: String = #fileID,
        line: UInt = #line,
        _ body: (PostgresTransaction) async throws -> Result
    ) async throws -> Result {
        try await withConnection(file: file, line: line) { connection in
            try await connection.withTransaction(options, file: file, line: line, body)
        }
    }

    /// Refuses new callers and those that wait, lets borrowed connections finish, and closes all.
    ///
    /// - Parameter timeout: after this, or if the task is cancelled, statements that still run are given up, and
    ///   connections that are still lent are closed when they come back.
    public func close(timeout: Duration = .seconds(30)) async {
        let (idle, waiters) = state.withLock { $0.close() }
        for waiter in waiters { waiter.resume(returning: .closed) }
        for pooled in idle { await pooled.connection.close() }
        await withTaskGroup(of: Void.self) { group in
            await withCheckedContinuation { drained in
                let isDrained = state.withLock { $0.whenDrained(drained) }
                if isDrained { return drained.resume() }
                group.addTask {
                    try? await Task.sleep(for: timeout)
                    let (borrowed, drained) = self.state.withLock { $0.abandon() }
                    borrowed.forEach { $0.abort() }
                    drained.forEach { $0.resume() }
                }
            }
            group.cancelAll()
        }
    }

    /// How many callers wait for a connection at this moment.
    public var waiterCount: Int { state.withLock(\.waiterCount) }
}
