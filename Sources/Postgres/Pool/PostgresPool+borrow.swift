import Synchronization

extension PostgresPool {
    func borrow(at site: CallSite) async throws(PostgresError) -> PooledConnection {
        let limit = ContinuousClock.now + acquireTimeout
        switch await grant(until: limit) {
        case .connection(let pooled):
            if !pooled.hasInput { return pooled }
            if await pooled.connection.isAlive() { return pooled }
            state.withLock { $0.forget(pooled) }
            return try await open(until: limit, at: site)
        case .slot:
            return try await open(until: limit, at: site)
        case .refused:
            let message = "as many callers as allowed wait for one of its connections already"
            throw PostgresError(.poolExhausted, "borrow", message, at: site)
        case .expired:
            if Task.isCancelled { throw PostgresError(.cancelled, "borrow", "the task was cancelled", at: site) }
            throw expired(at: site)
        case .closed:
            throw Self.closed(at: site)
        }
    }

    private static func closed(at site: CallSite) -> PostgresError {
        PostgresError(.closed, "borrow", "the pool is closed", at: site)
    }

    /// Why waiting was in vain: because the server is away, or because others hold all connections.
    private func expired(at site: CallSite) -> PostgresError {
        let message = "no connection became free within \(acquireTimeout)"
        guard let failure = state.withLock(\.lastFailure) else {
            return PostgresError(.poolExhausted, "borrow", message, at: site)
        }
        return PostgresError(.connection, "borrow", "\(message), and none can be made: \(failure.message)", at: site)
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
                guard state.withLock({ $0.opened(pooled) }) else { throw Self.closed(at: site) }
                return pooled
            } catch {
                failures += 1
                let delay = Backoff.connect.delay(afterFailure: failures)
                let isKnown = state.withLock { $0.failedToOpen(error) }
                let mayRetry = error.code == .connection && isKnown && .now + delay < limit
                if mayRetry, (try? await Task.sleep(for: delay)) != nil { continue }
                passOn(state.withLock { $0.freeSlot() })
                if Task.isCancelled { throw PostgresError(.cancelled, "borrow", "the task was cancelled", at: site) }
                throw error
            }
        }
    }

    func giveBack(_ pooled: PooledConnection) {
        guard pooled.connection.wasReusable else {
            passOn(
                state.withLock { state in
                    state.forget(pooled)
                    return state.freeSlot()
                })
            return
        }
        passOn(state.withLock { $0.giveBack(pooled) })
    }

    private func passOn(_ handOver: PoolState.HandOver?) {
        switch handOver {
        case .grant(let waiter, let grant)?: waiter.resume(returning: grant)
        case .drained(let drained)?: drained.forEach { $0.resume() }
        case nil: break
        }
    }
}
