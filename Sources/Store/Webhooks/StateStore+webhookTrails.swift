import Model
import Postgres

extension StateStore {
    /// So many repos that were watched before under the same URL are looked back at.
    private static let trailsMax = 20

    /// The trails of a repo's webhook, and of those that the same repository had when it was watched before, its own first.
    public func webhookTrails(of repo: RepoID) async throws(StoreError) -> [WebhookTrail] {
        let rows = try await database.query(
            "webhookTrails",
            """
            SELECT h.repo_id, h.host, h.addresses, h.has_all_addresses, h.hook_api, h.hook_id
            FROM repo r
            JOIN repo o ON o.id = r.id OR o.url = r.url AND o.removed_at IS NOT NULL AND o.parent_id IS NULL
            JOIN webhook h ON h.repo_id = o.id
            WHERE r.id = \(repo) ORDER BY o.id = r.id DESC, o.id DESC LIMIT \(Self.trailsMax)
            """)
        return try rows.decode(WebhookTrail.init(row:))
    }
}
