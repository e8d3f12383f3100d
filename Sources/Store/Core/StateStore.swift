import Cryptography
import Foundation
import Model
import Postgres

/// The state of the delivery controller: every statement that is ever sent to the database.
///
/// Reads are methods of this type; writes are methods of ``StoreTransaction``, except where one call is a whole
/// transaction of its own, such as ``finishRun(_:leaseToken:_:)``. Everything throws ``StoreError``.
public struct StateStore: Sendable {
    let pool: PostgresPool
    let hub: SignalHub
    let secrets: SecretSealing

    /// Reads and writes through a pool, which stays the caller's to close.
    ///
    /// - Parameter keys: the master keys; without them no secret can be stored or read.
    public init(pool: PostgresPool, keys: KeyRing? = nil) {
        self.pool = pool
        secrets = SecretSealing(keys)
        hub = SignalHub()
    }

    /// Whether there is a master key, so that secrets can be kept.
    public var canKeepSecrets: Bool { secrets.isAvailable }

    /// Statements that run each on any connection.
    var database: Database { Database(client: pool) }

    /// The database's time, by which everything expires.
    public func now() async throws(StoreError) -> Date {
        try await database.query("now", "SELECT clock_timestamp() AS now").single("now").value("now")
    }

    /// Runs `body` in a transaction; all that it did becomes visible at once, or nothing when it throws.
    ///
    /// Runs again, up to 3 times in all, when the database ends it for a deadlock, so `body` must do nothing but write
    /// here. After an error ``StoreError/Code/unavailable`` it is not known whether it was committed.
    ///
    /// - Parameter actor: who is named in the events: a controller, `cli`, a person.
    public func transaction<Value: Sendable>(
        as actor: String, _ body: (StoreTransaction) async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        try await transaction(under: nil, as: actor, body)
    }

    /// Runs `body` in a transaction that is refused with ``StoreError/Code/leaseLost`` unless the lease is current.
    ///
    /// The lease's row stays locked to the end, so nobody takes it over meanwhile; others may enqueue the key.
    public func transaction<Value: Sendable>(
        under lease: WorkLease, as actor: String, _ body: (StoreTransaction) async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        try await transaction(under: .some(lease), as: actor, body)
    }

    private func transaction<Value: Sendable>(
        under lease: WorkLease?, as actor: String, _ body: (StoreTransaction) async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await pool.withTransaction(.init(attemptsMax: 3)) { postgres in
                let transaction = StoreTransaction(client: postgres, actor: actor, secrets: secrets)
                if let lease { try await transaction.check(lease) }
                let value = try await body(transaction)
                try await transaction.flush()
                return value
            }
        } catch {
            throw StoreError.from(error, "transaction")
        }
    }
}
