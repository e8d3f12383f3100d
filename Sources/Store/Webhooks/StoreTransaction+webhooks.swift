import Model
import Postgres

extension StoreTransaction {
    /// Gives a repo its webhook, or another secret for the one it has.
    ///
    /// - Parameters:
    ///   - host: by whose rules deliveries are signed and read.
    ///   - formerFor: how long a secret that is replaced is still taken; not at all when the host changes.
    /// - Throws: ``StoreError/Code/noMasterKey`` when this server has none.
    public func setWebhook(
        of repo: RepoID, host: GitHost, secret: Secret, formerFor: Duration
    ) async throws(StoreError) {
        let sealed = try secrets.seal(secret, for: Webhook.purpose(of: repo))
        let rows = try await database.query(
            "setWebhook",
            """
            INSERT INTO webhook AS h (repo_id, host, secret) VALUES (\(repo), \(host), \(sealed))
            ON CONFLICT (repo_id) DO UPDATE SET
                host = excluded.host, secret = excluded.secret, rotated_at = clock_timestamp(),
                former_secret = CASE WHEN h.host = excluded.host AND \(formerFor) > interval '0' THEN h.secret END,
                former_until = CASE WHEN h.host = excluded.host AND \(formerFor) > interval '0'
                    THEN clock_timestamp() + \(formerFor) END
            RETURNING h.rotated_at IS NULL AS is_new
            """)
        let isNew: Bool = try rows.single("setWebhook").value("is_new")
        record(
            NewEvent(
                isNew ? "webhook.created" : "webhook.rotated",
                isNew ? "deliveries from \(host.rawValue) are taken" : "the webhook has another secret", repo: repo,
                data: ["host": .string(host.rawValue)]))
    }
}
