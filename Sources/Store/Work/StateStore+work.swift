import Foundation
import Model
import Postgres

extension StateStore {
    /// Puts keys on a controller's queue; a key that is queued already only becomes due earlier.
    ///
    /// A key that is leased right now is looked at once more when the lease has ended.
    ///
    /// - Parameters:
    ///   - after: how long from now it becomes due.
    ///   - isRoutine: true for a periodic look at everything, which nobody waits for.
    public func enqueue(
        _ controller: ControllerName, keys: [String], after: Duration = .zero, isRoutine: Bool = false
    ) async throws(StoreError) {
        guard !keys.isEmpty else { return }
        try await transaction(as: controller.rawValue) { transaction throws(StoreError) in
            try await transaction.enqueue(controller, keys: keys, after: after, isRoutine: isRoutine)
        }
    }

    /// Takes keys that are due, those that are overdue longest first, also those whose lease has expired.
    ///
    /// No key is taken by two callers at once.
    ///
    /// - Parameter lease: how long the caller may work on each before it must ``renew(_:lease:)``.
    public func claim(
        _ controller: ControllerName, holder: String, limit: Int, lease: Duration
    ) async throws(StoreError) -> [WorkLease] {
        let rows = try await database.query(
            "claim",
            """
            WITH due AS (
                SELECT key FROM work
                WHERE controller = \(controller) AND ready_at <= statement_timestamp()
                ORDER BY ready_at LIMIT \(max(0, limit)) FOR UPDATE SKIP LOCKED
            )
            UPDATE work w SET holder = \(holder), fence = nextval('work_fence'), attempts = w.attempts + 1,
                lease_expires = clock_timestamp() + \(lease), due_at = 'infinity'
            FROM due WHERE w.controller = \(controller) AND w.key = due.key
            RETURNING w.key, w.attempts, w.version, w.fence
            """)
        return try rows.decode { row throws(StoreError) in
            WorkLease(
                controller: controller, key: try row.value("key"), attempts: try row.value("attempts"),
                version: try row.value("version"), fence: try row.value("fence"), holder: holder)
        }
    }

    /// Prolongs leases and returns the keys whose lease is still the caller's; all others were lost.
    public func renew(_ leases: [WorkLease], lease: Duration) async throws(StoreError) -> Set<String> {
        guard !leases.isEmpty else { return [] }
        let rows = try await database.query(
            "renew",
            """
            WITH held AS (
                SELECT w.controller, w.key FROM work w
                JOIN unnest(
                    \(leases.map(\.controller)), \(leases.map(\.key)), \(leases.map(\.fence)), \(leases.map(\.holder))
                ) AS l (controller, key, fence, holder)
                    ON w.controller = l.controller AND w.key = l.key AND w.fence = l.fence AND w.holder = l.holder
                WHERE w.lease_expires > clock_timestamp()
                \(Self.inLockOrder)
            )
            UPDATE work w SET lease_expires = clock_timestamp() + \(lease)
            FROM held WHERE w.controller = held.controller AND w.key = held.key
            RETURNING w.key
            """)
        return Set(try rows.values(String.self))
    }

    /// Ends a lease; throws ``StoreError/Code/leaseLost`` when somebody else has taken the key meanwhile.
    public func finish(_ lease: WorkLease, _ outcome: WorkOutcome) async throws(StoreError) {
        let changed =
            switch outcome {
            case .done: try await finishDone(lease)
            case .retry(let after, let error): try await finishRetry(lease, after: after, error: error)
            case .wait(let until): try await finishWait(lease, until: until)
            }
        if changed == 0 {
            throw StoreError(
                .leaseLost, "finish", subject: "\(lease.controller) \(lease.key)", "the lease has passed to another")
        }
    }

    /// How long until a key of the controller is due or its lease expires; zero when one is due, nil for none at all.
    public func nextDue(_ controller: ControllerName) async throws(StoreError) -> Duration? {
        try await database.query(
            "nextDue",
            """
            SELECT CASE WHEN ready_at < clock_timestamp() THEN interval '0' ELSE ready_at - clock_timestamp() END AS pause
            FROM (SELECT min(ready_at) AS ready_at FROM work WHERE controller = \(controller)) AS next
            """
        ).single("nextDue").value("pause")
    }

    /// Frees all leases of work, whoever holds them; for a server that starts and owns its database alone.
    public func releaseWork() async throws(StoreError) {
        try await database.execute(
            "releaseWork",
            """
            WITH held AS (
                SELECT w.controller, w.key FROM work w WHERE w.holder IS NOT NULL \(Self.inLockOrder)
            )
            UPDATE work w SET holder = NULL, lease_expires = NULL, due_at = least(w.due_at, clock_timestamp())
            FROM held WHERE w.controller = held.controller AND w.key = held.key
            """)
    }
}

extension StateStore {
    private static let errorBytesMax = 4_000

    /// Locks rows of `work AS w` in the order in which every transaction does.
    private static let inLockOrder: SQL = """
        ORDER BY w.controller COLLATE "C", w.key COLLATE "C" FOR NO KEY UPDATE OF w
        """

    private func finishDone(_ lease: WorkLease) async throws(StoreError) -> Int {
        let removed = try await database.execute(
            "finish", "DELETE FROM work WHERE \(Self.isHeld(by: lease)) AND version = \(lease.version)")
        if removed > 0 { return removed }
        return try await database.execute(
            "finish",
            """
            UPDATE work SET holder = NULL, lease_expires = NULL, attempts = 0, last_error = NULL
            WHERE \(Self.isHeld(by: lease))
            """)
    }

    private func finishRetry(_ lease: WorkLease, after: Duration, error: String) async throws(StoreError) -> Int {
        try await database.execute(
            "finish",
            """
            UPDATE work SET holder = NULL, lease_expires = NULL, is_routine = false,
                due_at = least(due_at, clock_timestamp() + \(after)),
                last_error = \(error.storable(bytesMax: Self.errorBytesMax))
            WHERE \(Self.isHeld(by: lease))
            """)
    }

    private func finishWait(_ lease: WorkLease, until: Date) async throws(StoreError) -> Int {
        try await database.execute(
            "finish",
            """
            UPDATE work SET holder = NULL, lease_expires = NULL, is_routine = false, attempts = 0, last_error = NULL,
                due_at = least(due_at, \(until))
            WHERE \(Self.isHeld(by: lease))
            """)
    }

    private static func isHeld(by lease: WorkLease) -> SQL {
        """
        controller = \(lease.controller) AND key = \(lease.key) AND fence = \(lease.fence) AND holder = \(lease.holder)
        """
    }
}
