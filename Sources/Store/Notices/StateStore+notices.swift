import Model
import Postgres

extension StateStore {
    /// No list of sentences about what was given up is longer.
    private static let sentencesMax = 20

    /// Notices, the newest first.
    public func notices(_ filter: NoticeFilter) async throws(StoreError) -> [Notice] {
        var conditions: [SQL] = ["t.removed_at IS NULL"]
        if let target = filter.target { conditions.append("n.target_id = \(target)") }
        if let state = filter.state { conditions.append("n.state = \(state)") }
        return try await database.query(
            "notices",
            """
            SELECT \(Notice.columns) FROM notice n JOIN notice_target t ON t.id = n.target_id
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY n.id DESC LIMIT \(min(max(filter.limit, 1), 1000))
            """
        ).decode(Notice.init(row:))
    }

    /// A notice; nil when there is none of this id.
    public func notice(_ id: NoticeID) async throws(StoreError) -> Notice? {
        try await database.query("notice", "SELECT \(Notice.columns) FROM notice n WHERE n.id = \(id)")
            .decode(Notice.init(row:)).first
    }

    /// What was given up, a sentence for each target; at most 20.
    public func deadNotices() async throws(StoreError) -> [String] {
        try await database.query(
            "deadNotices",
            """
            SELECT format(
                '%s to nt%s (%s %s) could not be delivered: %s; see ''ocuroot notify list --dead''',
                CASE d.count WHEN 1 THEN '1 notification' ELSE d.count || ' notifications' END, t.id, t.kind,
                t.address, n.error)
            FROM notice_target t
            CROSS JOIN LATERAL (
                SELECT count(*) AS count, max(id) AS newest FROM notice WHERE target_id = t.id AND state = 'dead'
            ) AS d
            JOIN notice n ON n.id = d.newest
            WHERE t.removed_at IS NULL ORDER BY t.id LIMIT \(Self.sentencesMax)
            """
        ).values()
    }
}
