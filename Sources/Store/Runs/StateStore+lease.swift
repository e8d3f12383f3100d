import Model
import Postgres

extension StateStore {
    /// Prolongs a Run's lease; throws ``StoreError/Code/leaseLost`` when the Run has ended or was given to another.
    ///
    /// A lease that has expired but was not taken back yet is prolonged too.
    public func heartbeat(_ id: RunID, leaseToken: String, lease: Duration) async throws(StoreError) {
        let changed = try await database.execute(
            "heartbeat",
            """
            UPDATE run SET lease_expires = clock_timestamp() + \(lease)
            WHERE id = \(id) AND state = 'running' AND lease_token_hash = \(try RunToken.hash(of: leaseToken))
            """)
        if changed == 0 { throw Self.lost(id, "heartbeat") }
    }

    /// Whether a runner holds the Run and has let its lease expire, by the database's clock.
    public func isSilent(_ id: RunID) async throws(StoreError) -> Bool {
        try await database.query(
            "isSilent",
            "SELECT id FROM run WHERE id = \(id) AND state = 'running' AND lease_expires < clock_timestamp()"
        ).isEmpty == false
    }

    /// Throws ``StoreError/Code/leaseLost`` unless the token is that of the Run's current attempt.
    ///
    /// - Returns: where the attempt's log begins among the bytes of the Run's log; 0 for a first attempt.
    @discardableResult
    public func checkLease(_ id: RunID, leaseToken: String) async throws(StoreError) -> Int64 {
        let rows = try await database.query(
            "checkLease",
            """
            SELECT log_base FROM run
            WHERE id = \(id) AND state = 'running' AND lease_token_hash = \(try RunToken.hash(of: leaseToken))
            """)
        guard let row = rows.first else { throw Self.lost(id, "checkLease") }
        return try row.value("log_base")
    }

    /// Notes that a piece of log was stored; noting it again changes nothing.
    ///
    /// - Parameters:
    ///   - offset: where the piece begins in the attempt's log.
    ///   - count: how many bytes it has.
    /// - Returns: how many bytes of the attempt's log were known before.
    @discardableResult
    public func recordLog(
        _ id: RunID, leaseToken: String, offset: Int64, count: Int64
    ) async throws(StoreError) -> Int64 {
        guard offset >= 0, count >= 0, offset <= Int64.max / 4, count <= Int64.max / 4 else {
            throw StoreError(.invalid, "recordLog", subject: id.description, "offset and count cannot be negative")
        }
        let rows = try await database.query(
            "recordLog",
            """
            WITH old AS (
                SELECT id, log_base, log_bytes FROM run
                WHERE id = \(id) AND lease_token_hash = \(try RunToken.hash(of: leaseToken)) FOR NO KEY UPDATE
            )
            UPDATE run n SET log_bytes = greatest(old.log_bytes, old.log_base + \(offset + count))
            FROM old WHERE n.id = old.id RETURNING old.log_bytes - old.log_base AS known
            """)
        guard let row = rows.first else { throw Self.lost(id, "recordLog") }
        return try row.value("known")
    }

    /// Notes why log could not be stored, on the Run and as an event; the first reason is kept.
    public func recordLogError(_ id: RunID, leaseToken: String, _ error: String) async throws(StoreError) {
        let hash = try RunToken.hash(of: leaseToken)
        let error = error.storable()
        try await transaction(as: "runner") { transaction throws(StoreError) in
            let rows = try await transaction.database.query(
                "recordLogError",
                """
                WITH old AS (
                    SELECT id, log_error FROM run WHERE id = \(id) AND lease_token_hash = \(hash) FOR NO KEY UPDATE
                )
                UPDATE run n SET log_error = coalesce(old.log_error, \(error)) FROM old WHERE n.id = old.id
                RETURNING old.log_error IS NULL AS is_first, n.build_id
                """)
            guard let row = rows.first else { throw Self.lost(id, "recordLogError") }
            guard try row.value("is_first") else { return }
            transaction.record(
                NewEvent(
                    "run.log_incomplete", "the log of \(id) is not complete: \(error)",
                    build: try row.value("build_id"), run: id))
        }
    }

    /// What a runner is told whose token is not the current one.
    static func lost(_ id: RunID, _ operation: String) -> StoreError {
        StoreError(.leaseLost, operation, subject: id.description, "this runner does not hold the run any more")
    }
}
