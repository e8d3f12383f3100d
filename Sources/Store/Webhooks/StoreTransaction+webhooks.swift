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
            ON CONFLICT (repo_id) DO UPDATE SET \(Self.remembering("\(address)")),
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

    /// Remembers the addresses that repos' webhooks are given.
    ///
    /// That is before a host or a person is told, so that they are known whatever comes. Repos without a webhook are
    /// passed over.
    public func noteWebhookAddresses(_ addresses: [RepoID: String]) async throws(StoreError) {
        guard !addresses.isEmpty else { return }
        let sorted = addresses.sorted { $0.key < $1.key }
        try await database.execute(
            "noteWebhookAddresses",
            """
            WITH given AS (
                SELECT h.repo_id, g.address FROM unnest(\(sorted.map(\.key)), \(sorted.map(\.value)))
                    AS g (repo_id, address)
                JOIN webhook h ON h.repo_id = g.repo_id
                WHERE h.addresses[cardinality(h.addresses)] IS DISTINCT FROM g.address
                ORDER BY h.repo_id FOR NO KEY UPDATE OF h
            )
            UPDATE webhook h SET \(Self.remembering("g.address")) FROM given g WHERE h.repo_id = g.repo_id
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
    private static func remembering(_ address: SQL) -> SQL {
        let others: SQL = "array_remove(h.addresses, \(address))"
        let surplus: SQL = "cardinality(\(others)) + 2 - \(WebhookTrail.addressesMax)"
        return "addresses = (array_append(\(others), \(address)))[greatest(1, \(surplus)):]"
    }
}
