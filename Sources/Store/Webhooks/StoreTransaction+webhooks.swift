import Model
import Postgres

extension StoreTransaction {
    /// Gives a repo its webhook, or another secret for the one it has.
    ///
    /// - Parameters:
    ///   - host: by whose rules deliveries are signed and read.
    ///   - address: where it delivers, which is remembered.
    ///   - formerFor: how long a secret that is replaced is still taken; not at all when the host changes.
    /// - Throws: ``StoreError/Code/noMasterKey`` when this server has none.
    public func setWebhook(
        of repo: RepoID, host: GitHost, secret: Secret, address: String, formerFor: Duration
    ) async throws(StoreError) {
        let sealed = try secrets.seal(secret, for: Webhook.purpose(of: repo))
        let rows = try await database.query(
            "setWebhook",
            """
            INSERT INTO webhook AS h (repo_id, host, secret, addresses)
            VALUES (\(repo), \(host), \(sealed), \([address]))
            ON CONFLICT (repo_id) DO UPDATE SET \(Self.remembering(address)),
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

    /// Remembers an address that a repo's webhook is given; before a host is told, so that it is known whatever comes.
    public func noteWebhookAddress(of repo: RepoID, _ address: String) async throws(StoreError) {
        try await database.execute(
            "noteWebhookAddress",
            """
            UPDATE webhook h SET \(Self.remembering(address))
            WHERE h.repo_id = \(repo) AND h.addresses[cardinality(h.addresses)] IS DISTINCT FROM \(address)
            """)
    }

    /// Remembers what a git host calls the webhook of a repo, which it has with the newest address now.
    ///
    /// - Parameter api: the base of the API that said so.
    public func noteRegisteredWebhook(of repo: RepoID, at api: String, as id: String) async throws(StoreError) {
        try await database.execute(
            "noteRegisteredWebhook",
            """
            UPDATE webhook SET hook_api = \(api), hook_id = \(id), has_all_addresses = true WHERE repo_id = \(repo)
            """)
    }

    /// Puts an address last among those of `webhook AS h`.
    private static func remembering(_ address: String) -> SQL {
        let others: SQL = "array_remove(h.addresses, \(address))"
        let surplus: SQL = "cardinality(\(others)) + 2 - \(WebhookTrail.addressesMax)"
        return "addresses = (array_append(\(others), \(address)))[greatest(1, \(surplus)):]"
    }
}
