import Model
import Postgres

extension StoreTransaction {
    /// Writes the collected work and events; the last thing that the transaction does.
    func flush() async throws(StoreError) {
        let collected = outbox.withLock { outbox in
            defer { outbox = Outbox() }
            return outbox
        }
        if !collected.work.isEmpty { try await write(work: collected.work) }
        if !collected.events.isEmpty { try await write(collected.events) }
    }

    private func write(work: [QueuedKey: (after: Duration, isRoutine: Bool)]) async throws(StoreError) {
        let entries = work.sorted { $0.key < $1.key }
        try await database.execute(
            "enqueue",
            """
            WITH queued AS (
                INSERT INTO work AS w (controller, key, due_at, is_routine)
                SELECT q.controller, q.key, clock_timestamp() + q.pause, q.is_routine
                FROM unnest(
                    \(entries.map(\.key.controller)), \(entries.map(\.key.key)), \(entries.map(\.value.after)),
                    \(entries.map(\.value.isRoutine))
                ) AS q (controller, key, pause, is_routine)
                ON CONFLICT (controller, key) DO UPDATE SET
                    version = w.version + CASE WHEN w.holder IS NULL THEN 0 ELSE 1 END,
                    due_at = least(w.due_at, excluded.due_at),
                    is_routine = w.is_routine AND excluded.is_routine
                WHERE w.holder IS NOT NULL OR excluded.due_at < w.due_at
                    OR (w.is_routine AND NOT excluded.is_routine)
                RETURNING w.controller
            )
            SELECT pg_notify(\(StateStore.workChannel), current_schema() || '/' || controller)
            FROM (SELECT DISTINCT controller FROM queued) AS told
            """)
    }

    /// Writes events under a lock that is held to the commit, so that a reader who has seen an id never misses a
    /// smaller one that is committed later.
    private func write(_ events: [NewEvent]) async throws(StoreError) {
        try await database.execute(
            "record",
            """
            WITH in_line AS MATERIALIZED (
                SELECT pg_advisory_xact_lock(hashtextextended(current_schema(), \(StateStore.eventLock)))
            ), written AS (
                INSERT INTO event (
                    actor, kind, message, repo_id, package_id, environment_id, change_id, build_id, deployment_id,
                    run_id, data
                )
                SELECT coalesce(e.by, \(actor)), e.kind, e.message, e.repo, e.package, e.environment, e.change, e.build,
                    e.deployment, e.run, e.data
                FROM in_line, jsonb_to_recordset(\(json: events)) AS e (
                    kind text, message text, by text, repo bigint, package bigint, environment bigint, change bigint,
                    build bigint, deployment bigint, run bigint, data jsonb
                )
                RETURNING id
            )
            SELECT pg_notify(\(StateStore.eventChannel), current_schema() || '/' || max(id)) FROM written
            """)
    }
}

extension StateStore {
    /// The advisory lock under which events get their ids.
    static let eventLock: Int64 = 0x6F63_7572_6576_6E74
}
