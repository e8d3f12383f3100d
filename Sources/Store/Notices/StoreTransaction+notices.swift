import Model
import Postgres

extension StoreTransaction {
    /// How long notices are kept after their end, and how many are dropped at once.
    private static let keptFor = Duration.seconds(90 * 86_400)
    private static let droppedMax = 1000

    /// Records what is to be told of a piece of the event log, and that the piece was read.
    ///
    /// - Parameters:
    ///   - notices: in the order of their events.
    ///   - from: the event after which the piece began.
    ///   - to: its last event.
    /// - Throws: ``StoreError/Code/conflict`` when the piece was read by somebody else meanwhile.
    public func recordNotices(_ notices: [NewNotice], from: EventID, to: EventID) async throws(StoreError) {
        let moved = try await database.execute(
            "recordNotices", "UPDATE notice_cursor SET event_id = \(to) WHERE event_id = \(from)")
        if moved == 0 {
            throw StoreError(.conflict, "recordNotices", subject: "\(from)", "the events were read by another")
        }
        var told: Set<NoticeTargetID> = []
        for notice in Self.folded(notices) {
            let changed =
                switch notice.mode {
                case .once, .newest: try await record(notice)
                case .amend: try await amend(notice)
                }
            if changed { told.insert(notice.target) }
        }
        enqueue(.send, Array(told))
        try await dropOld()
    }

    /// Of several under one key the newest, or the first where one is told once.
    private static func folded(_ notices: [NewNotice]) -> [NewNotice] {
        struct Place: Hashable {
            let target: NoticeTargetID
            let key: String
        }
        var positions: [Place: Int] = [:]
        var folded: [NewNotice] = []
        for notice in notices {
            let place = Place(target: notice.target, key: notice.key)
            if notice.mode == .amend {
                folded.append(notice)
            } else if let position = positions[place] {
                if notice.mode == .newest { folded[position] = notice }
            } else {
                positions[place] = folded.count
                folded.append(notice)
            }
        }
        return folded
    }

    private func record(_ notice: NewNotice) async throws(StoreError) -> Bool {
        try await database.execute(
            "recordNotices",
            """
            INSERT INTO notice AS n (target_id, key, subject, payload, event_id)
            SELECT t.id, \(notice.key.storable()), \(notice.subject.storable()), \(json: notice.payload), \(notice.event)
            FROM notice_target t WHERE t.id = \(notice.target) AND t.removed_at IS NULL
            ON CONFLICT (target_id, key) DO UPDATE SET payload = excluded.payload, event_id = excluded.event_id,
                \(Self.renewed)
            WHERE \(notice.mode == .newest) AND n.payload <> excluded.payload
            """) > 0
    }

    /// Has the newest notice about a subject that was told, or may have been, say something else.
    private func amend(_ notice: NewNotice) async throws(StoreError) -> Bool {
        try await database.execute(
            "recordNotices",
            """
            UPDATE notice n SET payload = \(json: notice.payload), event_id = \(notice.event), \(Self.renewed)
            WHERE n.id = (
                SELECT max(id) FROM notice WHERE target_id = \(notice.target) AND subject = \(notice.subject.storable())
            ) AND n.payload <> \(json: notice.payload)
            """) > 0
    }

    /// What is set of `notice AS n` when there is something new to say, or somebody asks for another try.
    static let renewed: SQL = """
        revision = n.revision + 1, state = 'pending', attempts = 0, error = NULL, ended_at = NULL,
        since = clock_timestamp(), due_at = clock_timestamp()
        """

    private func dropOld() async throws(StoreError) {
        try await database.execute(
            "recordNotices",
            """
            DELETE FROM notice WHERE id IN (
                SELECT id FROM notice WHERE state <> 'pending' AND ended_at < clock_timestamp() - \(Self.keptFor)
                ORDER BY ended_at LIMIT \(Self.droppedMax)
            )
            """)
    }

    /// Sends again what was given up: one notice, or all of a target.
    ///
    /// - Returns: how many.
    public func retryNotices(_ id: NoticeID? = nil, of target: NoticeTargetID? = nil) async throws(StoreError) -> Int {
        let targets: [NoticeTargetID] = try await database.query(
            "retryNotices",
            """
            UPDATE notice n SET \(Self.renewed)
            FROM notice_target t
            WHERE t.id = n.target_id AND t.removed_at IS NULL AND n.state = 'dead'
                AND n.id = coalesce(\(id), n.id) AND n.target_id = coalesce(\(target), n.target_id)
            RETURNING n.target_id
            """
        ).values()
        let told = Set(targets)
        try await database.execute(
            "retryNotices",
            "UPDATE notice_target SET paused_until = NULL, failures = 0 WHERE id = ANY(\(Array(told)))")
        enqueue(.send, Array(told))
        return targets.count
    }
}
