import Model
import Postgres

extension StoreTransaction {
    /// The longest error that is kept, in characters.
    private static let errorBytesMax = 1_000

    /// Takes notices that are due, the oldest first, and counts the attempt; nothing while the target rests.
    ///
    /// Until the attempt is concluded it is not known what the target has.
    public func takeNotices(of target: NoticeTargetID, limit: Int) async throws(StoreError) -> [Notice] {
        try await database.query(
            "takeNotices",
            """
            WITH due AS (
                SELECT n.id FROM notice n JOIN notice_target t ON t.id = n.target_id
                WHERE t.id = \(target) AND t.removed_at IS NULL AND n.state = 'pending'
                    AND n.due_at <= clock_timestamp()
                    AND coalesce(t.paused_until <= clock_timestamp(), true)
                ORDER BY n.event_id, n.id LIMIT \(limit) FOR NO KEY UPDATE OF n
            ), known AS (
                -- What is back at what the target has needs no telling.
                UPDATE notice n SET state = 'sent', ended_at = clock_timestamp(), error = NULL
                FROM due WHERE n.id = due.id AND n.sent = n.payload
            ), taken AS (
                UPDATE notice n SET attempts = n.attempts + 1, sent = NULL
                FROM due WHERE n.id = due.id AND n.sent IS DISTINCT FROM n.payload
                RETURNING \(Notice.columns), n.event_id
            )
            SELECT * FROM taken ORDER BY event_id, id
            """
        ).decode(Notice.init(row:))
    }

    /// Notes what a git host calls what was made for a notice.
    public func setRemoteID(_ remote: String, of notice: NoticeID) async throws(StoreError) {
        try await database.execute(
            "setRemoteID", "UPDATE notice SET remote_id = \(remote.storable(bytesMax: 200)) WHERE id = \(notice)")
    }

    /// Notes how an attempt ended; one that fails for longer than `lifetime` is given up.
    ///
    /// When there is something newer to say by now, that is due.
    public func concludeNotice(
        _ notice: Notice, _ end: NoticeEnd, lifetime: Duration
    ) async throws(StoreError) {
        switch end {
        case .delivered: try await deliver(notice)
        case .refused(let error): try await fail(notice, error, after: nil, lifetime: lifetime)
        case .failed(let error, let pause): try await fail(notice, error, after: pause, lifetime: lifetime)
        }
    }

    private func deliver(_ notice: Notice) async throws(StoreError) {
        try await database.execute(
            "concludeNotice",
            """
            WITH well AS (
                UPDATE notice_target SET failures = 0, paused_until = NULL, error = NULL
                WHERE id = \(notice.target) AND (failures > 0 OR error IS NOT NULL)
            )
            UPDATE notice SET sent = \(json: notice.payload), error = NULL,
                state = CASE WHEN revision = \(notice.revision) THEN 'sent' ELSE state END,
                ended_at = CASE WHEN revision = \(notice.revision) THEN clock_timestamp() END
            WHERE id = \(notice.id) AND (revision = \(notice.revision) OR state = 'pending')
            """)
    }

    private func fail(
        _ notice: Notice, _ error: String, after pause: Duration?, lifetime: Duration
    ) async throws(StoreError) {
        let error = error.storable(bytesMax: Self.errorBytesMax)
        let rows = try await database.query(
            "concludeNotice",
            """
            WITH target AS (
                UPDATE notice_target SET error = \(error), failures = failures + 1,
                    paused_until = CASE WHEN \(pause == nil) THEN paused_until
                        ELSE greatest(paused_until, clock_timestamp() + \(pause ?? .zero)) END
                WHERE id = \(notice.target) AND removed_at IS NULL
                RETURNING id, kind, address, repo_id
            ), ended AS (
                UPDATE notice n SET error = \(error),
                    state = CASE WHEN \(pause == nil) OR n.since + \(lifetime) <= clock_timestamp() THEN 'dead'
                        ELSE 'pending' END,
                    ended_at = CASE WHEN \(pause == nil) OR n.since + \(lifetime) <= clock_timestamp()
                        THEN clock_timestamp() END,
                    due_at = clock_timestamp() + \(pause ?? .zero)
                FROM target WHERE n.target_id = target.id AND n.state = 'pending' AND (
                    n.id = \(notice.id) AND n.revision = \(notice.revision)
                    -- What waited behind it as long is given up with it.
                    OR \(pause != nil) AND n.id <> \(notice.id) AND n.since + \(lifetime) <= clock_timestamp()
                )
                RETURNING n.id, n.key, n.state
            )
            SELECT ended.id, ended.key, target.kind, target.address, target.repo_id
            FROM ended, target WHERE ended.state = 'dead' ORDER BY ended.id
            """)
        for row in rows {
            let (id, key): (NoticeID, String) = (try row.value("id"), try row.value("key"))
            let (kind, address): (NoticeTarget.Kind, String) = (try row.value("kind"), try row.value("address"))
            record(
                NewEvent(
                    "notification.dead", "\(key) could not be delivered to \(kind.rawValue) at \(address): \(error)",
                    repo: try row.value("repo_id"),
                    data: ["target": .string(notice.target.description), "notification": .string(id.description)]))
        }
    }
}
