extension PostgresConnection {
    /// Runs `body` in a transaction: commits when it returns, rolls back and throws on when it throws.
    ///
    /// If a statement failed and `body` returns all the same, the transaction is rolled back and this throws
    /// ``SQLState/inFailedTransaction``. Cancelling the task cancels statements, but never the COMMIT.
    @discardableResult
    public func withTransaction<Result>(
        _ options: PostgresTransactionOptions = .init(),
        isolation: isolated (any Actor)? = #isolation,
        file: String = #fileID,
        line: UInt = #line,
        _ body: (PostgresTransaction) async throws -> Result
    ) async throws -> Result {
        let site = CallSite(file: file, line: line)
        var attempt = 1
        while true {
            let transaction = PostgresTransaction(on: self)
            do {
                return try await runOnce(transaction, options, isolation: isolation, at: site, body)
            } catch {
                let isRetryable = transaction.isRetryable || (error as? PostgresError)?.isRetryable == true
                guard isRetryable, attempt < options.attemptsMax else { throw error }
                try await Task.sleep(for: Backoff.transaction.delay(afterFailure: attempt))
                attempt += 1
            }
        }
    }

    private func runOnce<Result>(
        _ transaction: PostgresTransaction,
        _ options: PostgresTransactionOptions,
        isolation: isolated (any Actor)?,
        at site: CallSite,
        _ body: (PostgresTransaction) async throws -> Result
    ) async throws -> Result {
        try await control(options.beginStatement, operation: "begin", site: site)
        let result: Result
        do {
            result = try await body(transaction)
            transaction.end()
        } catch {
            transaction.end()
            await rollBack(at: site)
            throw error
        }
        try await commit(at: site)
        return result
    }

    private func commit(at site: CallSite) throws(PostgresError) {
        let tag = try control("COMMIT", operation: "commit", site: site)
        guard tag == "COMMIT" else {
            let message = "a statement of it had failed, so the server rolled it back"
            throw PostgresError(.server(.inFailedTransaction), "commit", message, at: site)
        }
    }

    /// Rolls back; a connection that cannot is closed, which makes the server roll back.
    private func rollBack(at site: CallSite) {
        do throws(PostgresError) {
            try control("ROLLBACK", operation: "rollback", site: site)
        } catch {
            close()
        }
    }
}
