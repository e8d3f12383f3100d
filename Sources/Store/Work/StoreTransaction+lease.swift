import Postgres

extension StoreTransaction {
    /// Throws ``StoreError/Code/leaseLost`` unless the lease is current, and keeps it from being taken until the end.
    ///
    /// The lock is the weakest that stops a claim: enqueueing the key and renewing the lease go on beside it.
    func check(_ lease: WorkLease) async throws(StoreError) {
        let rows = try await database.query(
            "check",
            """
            SELECT 1 FROM work
            WHERE controller = \(lease.controller) AND key = \(lease.key) AND fence = \(lease.fence)
                AND holder = \(lease.holder) AND lease_expires > clock_timestamp()
            FOR KEY SHARE
            """)
        if rows.isEmpty {
            throw StoreError(
                .leaseLost, "transaction", subject: "\(lease.controller) \(lease.key)",
                "the lease has expired or passed to another")
        }
    }
}
