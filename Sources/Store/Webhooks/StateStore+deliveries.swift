import Foundation
import Model
import Postgres

extension StateStore {
    /// Deliveries, the newest first; of one repo, or of all.
    public func webhookDeliveries(of repo: RepoID?, limit: Int) async throws(StoreError) -> [WebhookDelivery] {
        let isWanted: SQL = if let repo { "y.repo_id = \(repo)" } else { "true" }
        let rows = try await database.query(
            "webhookDeliveries",
            """
            SELECT \(WebhookDelivery.columns) FROM webhook_delivery y
            WHERE \(isWanted) ORDER BY y.id DESC LIMIT \(max(0, limit))
            """)
        return try rows.decode(WebhookDelivery.init(row:))
    }

    /// A delivery; nil when there is none of this id, or it was cleared away.
    public func webhookDelivery(_ id: WebhookDeliveryID) async throws(StoreError) -> WebhookDelivery? {
        let rows = try await database.query(
            "webhookDelivery", "SELECT \(WebhookDelivery.columns) FROM webhook_delivery y WHERE y.id = \(id)")
        return try rows.decode(WebhookDelivery.init(row:)).first
    }

    /// The beginning of a delivery's body; nil when there is no such delivery.
    public func webhookBody(_ id: WebhookDeliveryID) async throws(StoreError) -> Data? {
        try await database.query("webhookBody", "SELECT body FROM webhook_delivery WHERE id = \(id)")
            .values(Data.self).first
    }

    /// What came of what a delivery said of refs, in its order; nil while the repo was not looked at since.
    public func webhookOutcomes(
        of delivery: WebhookDelivery
    ) async throws(StoreError) -> [WebhookRefOutcome]? {
        let since = max(delivery.receivedAt, delivery.redeliveredAt ?? delivery.receivedAt)
        let looked = try await database.query(
            "webhookOutcomes", "SELECT 1 FROM repo WHERE id = \(delivery.repo) AND looked_at >= \(since)")
        guard !looked.isEmpty else { return nil }
        let rows = try await database.query(
            "webhookOutcomes",
            """
            SELECT g.ref, coalesce(vt.commit, t.commit) AS tip, (
                SELECT min(c.id) FROM change c
                WHERE c.repo_id IN (\(delivery.repo), v.id) AND c.ref = g.ref AND c.commit = g.new
            ) AS change_id
            FROM unnest(\(delivery.refs.map(\.ref)), \(delivery.refs.map { $0.new?.hex }))
                WITH ORDINALITY AS g (ref, new, position)
            LEFT JOIN ref_tip t ON t.repo_id = \(delivery.repo) AND t.ref = g.ref
            LEFT JOIN repo v ON v.parent_id = \(delivery.repo) AND v.preview_ref = g.ref AND v.removed_at IS NULL
            LEFT JOIN ref_tip vt ON vt.repo_id = v.id AND vt.ref = g.ref
            ORDER BY g.position
            """)
        return try rows.decode { row throws(StoreError) in
            WebhookRefOutcome(
                ref: try row.value("ref"), change: try row.value("change_id"), tip: try row.value("tip"))
        }
    }

    /// Has a delivery's repo looked at as if it had just come.
    ///
    /// Throws ``StoreError/Code/notFound`` when there is no such delivery, or its repo is not watched any more.
    public func redeliverWebhook(_ id: WebhookDeliveryID) async throws(StoreError) {
        let rows = try await database.query(
            "redeliverWebhook",
            """
            WITH again AS (
                UPDATE webhook_delivery y SET redelivered_at = clock_timestamp()
                FROM repo r WHERE y.id = \(id) AND r.id = y.repo_id AND r.removed_at IS NULL
                RETURNING y.repo_id
            ), \(Self.looking(at: "SELECT repo_id FROM again"))
            SELECT repo_id, (SELECT count(*) FROM told) FROM again
            """)
        if rows.isEmpty {
            throw StoreError(
                .notFound, "redeliver", subject: id.description,
                "there is no such delivery of a repository that is watched")
        }
    }

    /// Clears away deliveries that are older than a span, and of each repo those beyond the newest ones.
    ///
    /// - Parameter limit: how many at most; call again when so many were.
    /// - Returns: how many were.
    public func pruneWebhookDeliveries(
        olderThan age: Duration, keeping count: Int, limit: Int
    ) async throws(StoreError) -> Int {
        let aged = try await database.execute(
            "pruneWebhookDeliveries",
            """
            DELETE FROM webhook_delivery WHERE id IN (
                SELECT id FROM (SELECT id, received_at FROM webhook_delivery ORDER BY id LIMIT \(max(0, limit))) AS oldest
                WHERE received_at < clock_timestamp() - \(age)
            )
            """)
        let surplus = try await database.execute(
            "pruneWebhookDeliveries",
            """
            DELETE FROM webhook_delivery WHERE id IN (
                SELECT y.id FROM webhook h
                CROSS JOIN LATERAL (
                    SELECT id FROM webhook_delivery WHERE repo_id = h.repo_id
                    ORDER BY id DESC OFFSET \(max(0, count)) LIMIT \(max(0, limit))
                ) AS y
                LIMIT \(max(0, limit))
            )
            """)
        return aged + surplus
    }
}
