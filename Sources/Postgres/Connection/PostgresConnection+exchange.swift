import CLibPQ

extension PostgresConnection {
    /// One thing asked of the server.
    struct Call {
        var operation: String
        var query: String
        var deadline: ContinuousClock.Instant?
        /// Names the call to ``Interrupt``; `nil` if cancelling the task must not stop it.
        var token: Interrupt.Token?
        var site: CallSite

        func error(_ code: PostgresError.Code, _ message: String) -> PostgresError {
            PostgresError(code, operation, message, query: query, at: site)
        }
    }

    /// Runs BEGIN, COMMIT and their like, which cancelling the task does not stop; returns the command's tag.
    @discardableResult
    func control(_ text: String, operation: String, site: CallSite) throws(PostgresError) -> String {
        let deadline = configuration.statementTimeout.map { ContinuousClock.now + $0 }
        let call = Call(operation: operation, query: text, deadline: deadline, token: nil, site: site)
        return try exchange(call) { PQsendQuery($0, text) }.commandTag
    }

    /// Whether somebody else may get the connection: it works, and no transaction is open.
    var isReusable: Bool {
        guard let handle, !interrupt.isClosed, !isRetired else { return false }
        return handle.isUsable && handle.isIdle
    }

    /// The descriptor of the connection, or -1.
    var socket: Int32 { handle?.socket ?? -1 }

    /// Asks the server for a sign of life; for a connection over which it sent something that nobody asked for.
    func isAlive() -> Bool {
        let limit = ContinuousClock.now + .seconds(5)
        let call = Call(operation: "check", query: "", deadline: limit, token: nil, site: CallSite())
        do throws(PostgresError) {
            _ = try exchange(call) { PQsendQuery($0, "") }
            return isReusable
        } catch {
            return false
        }
    }

    /// Runs a statement, prepared if the cache allows.
    func perform(_ call: Call, _ parameters: SQLParameters) throws(PostgresError) -> Rows {
        guard statements.countMax > 0 else {
            return Rows(result: try exchange(call) { parameters.send($0, text: call.query) })
        }
        let key = StatementCache.Key(text: call.query, types: parameters.types)
        let wasIdle = handle?.isIdle ?? false
        do {
            return try performPrepared(call, parameters, key)
        } catch  where error.isOutdatedStatement || error.isMissingStatement {
            statements.forget(key, isGone: error.isMissingStatement)
            guard wasIdle else { throw error }
            return try performPrepared(call, parameters, key)
        }
    }

    private func performPrepared(
        _ call: Call,
        _ parameters: SQLParameters,
        _ key: StatementCache.Key
    ) throws(PostgresError) -> Rows {
        switch statements.step(for: key) {
        case .ready(let name):
            return Rows(result: try exchange(call) { parameters.send($0, prepared: name) })
        case .prepare(let name, let outdated):
            for old in outdated {
                var drop = call
                drop.query = "DEALLOCATE \(old)"
                _ = try exchange(drop) { PQsendQuery($0, "DEALLOCATE \(old)") }
            }
            let types = parameters.types
            _ = try exchange(call) { PQsendPrepare($0, name, call.query, Int32(types.count), types) }
            statements.insert(key, name: name)
            return Rows(result: try exchange(call) { parameters.send($0, prepared: name) })
        }
    }

    /// Sends something and waits for the answer; the last result if there are several.
    func exchange(_ call: Call, send: (OpaquePointer) -> Int32) throws(PostgresError) -> ResultHandle {
        guard !interrupt.isClosed else { throw call.error(.closed, "the connection is closed") }
        guard let handle else {
            if let loss { throw call.error(.connection, "the connection was lost before: \(loss)") }
            throw call.error(.closed, "the connection is closed")
        }
        interrupt.begin(call.token)
        defer {
            interrupt.end()
            noteReusable()
        }
        if call.token != nil, Task.isCancelled { throw call.error(.cancelled, "the task was cancelled") }
        guard send(handle.pointer) == 1 else {
            if handle.isUsable { throw call.error(.encoding, handle.message) }
            throw lost(handle.message, call)
        }
        let outcome: ConnectionHandle.Outcome
        do {
            outcome = try handle.waitForResults(
                until: call.deadline, interrupt: interrupt, cancelTimeout: configuration.cancelTimeout)
        } catch {
            switch error {
            case .broken(let message): throw lost(message, call)
            case .closed:
                self.handle = nil
                throw call.error(.closed, "the connection was closed while the statement ran")
            }
        }
        return try complete(outcome, call)
    }

    private func complete(_ outcome: ConnectionHandle.Outcome, _ call: Call) throws(PostgresError) -> ResultHandle {
        var results = outcome.results
        let failed = results.firstIndex { result in
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: false
            default: true
            }
        }
        guard let result = failed.map({ results.remove(at: $0) }) ?? results.popLast() else {
            throw lost("the server sent no result", call)
        }
        results.forEach(PQclear)
        let handle = ResultHandle(owning: result, query: call.query, site: call.site)
        guard failed == nil else { throw failure(handle, outcome.interruption, call) }
        return handle
    }

    /// What the server's refusal means; drops the connection if the server ends it.
    private func failure(
        _ result: ResultHandle,
        _ interruption: ConnectionHandle.Interruption?,
        _ call: Call
    ) -> PostgresError {
        let error = PostgresError(refusal: result, call)
        switch (error.sqlState, interruption) {
        case (nil, _): return lost(error.message, call)
        case (.queryCanceled, .cancelled): return call.error(.cancelled, "the task was cancelled")
        case (.queryCanceled, .timeout): return call.error(.timeout, "it took too long and was cancelled")
        case (let state?, _) where state.endsConnection: return lost(error.message, call)
        case (.readOnlyTransaction, _): isRetired = true
        default: break
        }
        return error
    }

    private func lost(_ message: String, _ call: Call) -> PostgresError {
        handle = nil
        loss = message
        return call.error(.connection, message)
    }
}
