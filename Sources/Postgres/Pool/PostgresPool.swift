import Foundation
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

    private let state: Mutex<PoolState>

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
            await giveBack(borrowed)
            return rows
        } catch {
            await giveBack(borrowed)
            throw error
        }
    }

    /// Lends a connection to `body`.
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
            await giveBack(borrowed)
            return result
        } catch {
            await giveBack(borrowed)
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
    /// - Parameter timeout: after this, statements that still run are given up.
    public func close(timeout: Duration = .seconds(30)) async {
        let (idle, waiters) = state.withLock { $0.close() }
        for waiter in waiters { waiter.resume(returning: .closed) }
        for pooled in idle { await pooled.connection.close() }
        await withTaskGroup(of: Void.self) { group in
            await withCheckedContinuation { drained in
                let isDrained = state.withLock { $0.whenDrained(drained) }
                if isDrained { return drained.resume() }
                group.addTask {
                    let isOver = (try? await Task.sleep(for: timeout)) != nil
                    if isOver || !self.isDrained { self.abortBorrowed() }
                }
            }
            group.cancelAll()
        }
    }

    /// How many callers wait for a connection at this moment.
    public var waiterCount: Int { state.withLock(\.waiterCount) }

    private var isDrained: Bool { state.withLock(\.isDrained) }

    private func abortBorrowed() {
        let borrowed = state.withLock(\.borrowedConnections)
        for connection in borrowed { connection.abort() }
    }
}

extension PostgresPool {
    private func borrow(at site: CallSite) async throws(PostgresError) -> PooledConnection {
        let limit = ContinuousClock.now + acquireTimeout
        switch await grant(until: limit) {
        case .connection(let pooled):
            if !pooled.hasInput { return pooled }
            if await pooled.connection.isAlive() { return pooled }
            await pooled.connection.close()
            state.withLock { $0.forget(pooled) }
            return try await open(until: limit, at: site)
        case .slot:
            return try await open(until: limit, at: site)
        case .refused:
            let message = "as many callers as allowed wait for one of its connections already"
            throw PostgresError(.poolExhausted, "borrow", message, at: site)
        case .expired:
            if Task.isCancelled { throw PostgresError(.cancelled, "borrow", "the task was cancelled", at: site) }
            let message = "no connection became free within \(acquireTimeout)"
            throw PostgresError(.poolExhausted, "borrow", message, at: site)
        case .closed:
            throw PostgresError(.closed, "borrow", "the pool is closed", at: site)
        }
    }

    /// Takes a connection or the right to open one, waiting in line until `limit`.
    private func grant(until limit: ContinuousClock.Instant) async -> PoolState.Grant {
        if let grant = state.withLock({ $0.tryAcquire() }) { return grant }
        return await withTaskGroup(of: Void.self) { group in
            let grant = await withCheckedContinuation { continuation in
                let registration = state.withLock { $0.acquire(continuation) }
                switch registration {
                case .granted(let grant):
                    continuation.resume(returning: grant)
                case .waiting(let id):
                    group.addTask {
                        try? await Task.sleep(until: limit)
                        self.state.withLock { $0.withdraw(id) }?.resume(returning: .expired)
                    }
                }
            }
            group.cancelAll()
            return grant
        }
    }

    /// Uses a slot to connect, trying again until `limit` if the pool has been connected before.
    private func open(
        until limit: ContinuousClock.Instant,
        at site: CallSite
    ) async throws(PostgresError) -> PooledConnection {
        var failures = 0
        while true {
            do throws(PostgresError) {
                let connection = try await PostgresConnection.connect(configuration, file: site.file, line: site.line)
                let pooled = PooledConnection(connection: connection, socket: await connection.socket)
                state.withLock { $0.opened(pooled) }
                return pooled
            } catch {
                failures += 1
                let delay = Backoff.connect.delay(afterFailure: failures)
                let mayRetry = error.code == .connection && state.withLock(\.mayReconnect) && .now + delay < limit
                if mayRetry, (try? await Task.sleep(for: delay)) != nil { continue }
                passOn(state.withLock { $0.freeSlot() })
                if Task.isCancelled { throw PostgresError(.cancelled, "borrow", "the task was cancelled", at: site) }
                throw error
            }
        }
    }

    private func giveBack(_ pooled: PooledConnection) async {
        guard await pooled.connection.isReusable else {
            await pooled.connection.close()
            passOn(
                state.withLock { state in
                    state.forget(pooled)
                    return state.freeSlot()
                })
            return
        }
        let handOver = state.withLock { $0.giveBack(pooled) }
        if case .close? = handOver { await pooled.connection.close() }
        passOn(handOver)
    }

    private func passOn(_ handOver: PoolState.HandOver?) {
        switch handOver {
        case .grant(let waiter, let grant)?: waiter.resume(returning: grant)
        case .close(let drained)?, .drained(let drained)?: drained.forEach { $0.resume() }
        case nil: break
        }
    }
}
