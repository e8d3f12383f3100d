import Foundation
import Model
import Postgres

extension StateStore {
    /// The webhooks of the watched repos, in order of the repos.
    public func webhooks() async throws(StoreError) -> [Webhook] {
        let rows = try await database.query(
            "webhooks",
            """
            SELECT \(Webhook.columns) FROM webhook h JOIN repo r ON r.id = h.repo_id
            WHERE r.removed_at IS NULL ORDER BY h.repo_id
            """)
        return try rows.decode(Webhook.init(row:))
    }

    /// A repo's webhook; nil when it has none.
    public func webhook(of repo: RepoID) async throws(StoreError) -> Webhook? {
        let rows = try await database.query(
            "webhook", "SELECT \(Webhook.columns) FROM webhook h WHERE h.repo_id = \(repo)")
        return try rows.decode(Webhook.init(row:)).first
    }

    /// What deliveries to a repo's webhook are held against, also when the repo was removed; nil when it never had one.
    ///
    /// - Throws: ``StoreError/Code/noMasterKey`` when this server has no key, or not the right one, to open it.
    public func webhookSecrets(of repo: RepoID) async throws(StoreError) -> WebhookSecrets? {
        let rows = try await database.query(
            "webhookSecrets",
            """
            SELECT h.host, h.secret, r.removed_at IS NULL AS is_watched,
                CASE WHEN h.former_until > clock_timestamp() THEN h.former_secret END AS former_secret
            FROM webhook h JOIN repo r ON r.id = h.repo_id WHERE h.repo_id = \(repo)
            """)
        guard let row = rows.first else { return nil }
        let former: [UInt8]? = try row.value("former_secret")
        var opened: [Secret] = []
        for sealed in [try row.value("secret"), former].compactMap({ $0 }) {
            opened.append(try secrets.open(sealed, for: Webhook.purpose(of: repo)))
        }
        return WebhookSecrets(
            host: try row.value("host"), secrets: opened, isWatched: try row.value("is_watched"))
    }

    /// Adds what was refused since that was last noted.
    public func noteWebhookRefusals(_ refusals: [WebhookRefusals]) async throws(StoreError) {
        guard !refusals.isEmpty else { return }
        let sorted = refusals.sorted { $0.repo < $1.repo }
        try await database.execute(
            "noteWebhookRefusals",
            """
            WITH given AS (
                SELECT h.repo_id, g.count, g.reason
                FROM unnest(\(sorted.map(\.repo)), \(sorted.map(\.count)), \(sorted.map(\.reason)))
                    AS g (repo_id, count, reason)
                JOIN webhook h ON h.repo_id = g.repo_id ORDER BY h.repo_id FOR NO KEY UPDATE OF h
            )
            UPDATE webhook h SET refused_count = h.refused_count + g.count, refused_at = clock_timestamp(),
                refusal = g.reason
            FROM given g WHERE h.repo_id = g.repo_id
            """)
    }

    /// Seals every secret again that is not under the key that seals now; for the start after keys were rotated.
    @discardableResult
    public func resealWebhookSecrets() async throws(StoreError) -> ResealReport {
        var report = ResealReport()
        guard secrets.isAvailable else { return report }
        let rows = try await database.query(
            "resealWebhookSecrets", "SELECT repo_id, secret, former_secret FROM webhook ORDER BY repo_id")
        for row in rows {
            let repo: RepoID = try row.value("repo_id")
            let purpose = Webhook.purpose(of: repo)
            let (secret, former): ([UInt8], [UInt8]?) = (try row.value("secret"), try row.value("former_secret"))
            let new: [UInt8]?
            var newFormer: [UInt8]?
            do throws(StoreError) {
                new = try secrets.resealed(secret, for: purpose)
                if let former { newFormer = try secrets.resealed(former, for: purpose) }
            } catch {
                report.unreadable += 1
                continue
            }
            guard new != nil || newFormer != nil else { continue }
            report.resealed += try await database.execute(
                "resealWebhookSecrets",
                """
                UPDATE webhook SET secret = \(new ?? secret), former_secret = \(newFormer ?? former)
                WHERE repo_id = \(repo) AND secret = \(secret) AND former_secret IS NOT DISTINCT FROM \(former)
                """)
        }
        return report
    }
}
