import Model
import Postgres

extension StateStore {
    /// What may be seen of all credentials, by prefix.
    public func credentials() async throws(StoreError) -> [StoredCredential] {
        let rows = try await database.query(
            "credentials",
            #"SELECT \#(StoredCredential.columns) FROM credential k ORDER BY k.prefix COLLATE "C", k.kind"#)
        return try rows.decode(StoredCredential.init(row:))
    }

    /// The credentials for a repository with their secrets: of each kind the one with the longest prefix.
    ///
    /// - Parameters:
    ///   - url: the repository's; one that is no host's has none.
    ///   - kinds: those that are needed; others are not opened, and need not be ones that can be.
    public func openCredentials(
        for url: String, of kinds: Set<CredentialKind> = Set(CredentialKind.allCases)
    ) async throws(StoreError) -> [OpenedCredential] {
        guard let place = RemotePlace(url) else { return [] }
        let rows = try await database.query(
            "openCredentials",
            "SELECT \(StoredCredential.columns), k.sealed FROM credential k WHERE k.origin = \(place.origin)")
        guard !rows.isEmpty else { return [] }
        var sealed: [CredentialID: [UInt8]] = [:]
        let all = try rows.decode { row throws(StoreError) in
            let credential = try StoredCredential(row: row)
            sealed[credential.id] = try row.value("sealed")
            return credential
        }
        var opened: [OpenedCredential] = []
        for credential in StoredCredential.matching(url, among: all) where kinds.contains(credential.kind) {
            opened.append(try secrets.open(sealed[credential.id] ?? [], of: credential))
        }
        return opened
    }

    /// Notes that the credentials for a repository were used, and why that failed; without a change, once a minute only.
    public func recordUse(ofCredentialsFor url: String, error: String?) async throws(StoreError) {
        guard let place = RemotePlace(url) else { return }
        let rows = try await database.query(
            "recordUse",
            """
            SELECT \(StoredCredential.columns), coalesce(k.used_at < now() - interval '1 minute', true) AS is_due
            FROM credential k WHERE k.origin = \(place.origin)
            """)
        guard !rows.isEmpty else { return }
        let error = error?.storable(bytesMax: 1_000)
        var due: Set<CredentialID> = []
        let all = try rows.decode { row throws(StoreError) in
            let credential = try StoredCredential(row: row)
            let isDue: Bool = try row.value("is_due")
            if isDue || credential.error != error { due.insert(credential.id) }
            return credential
        }
        let used = StoredCredential.matching(url, among: all).map(\.id).filter { due.contains($0) }
        guard !used.isEmpty else { return }
        try await database.execute(
            "recordUse", "UPDATE credential SET used_at = now(), error = \(error) WHERE id = ANY(\(used))")
    }

    /// Seals again what was sealed under an older master key, so that the older one may go.
    @discardableResult
    public func resealCredentials() async throws(StoreError) -> ResealReport {
        var report = ResealReport()
        guard canKeepSecrets else { return report }
        let rows = try await database.query(
            "resealCredentials", "SELECT \(StoredCredential.columns), k.sealed FROM credential k ORDER BY k.id")
        for row in rows {
            let credential = try StoredCredential(row: row)
            let sealed: [UInt8] = try row.value("sealed")
            let purpose = SecretSealing.purpose(credential.kind, credential.prefix)
            let new: [UInt8]?
            do throws(StoreError) {
                new = try secrets.resealed(sealed, for: purpose)
            } catch {
                report.unreadable += 1
                continue
            }
            guard let new else { continue }
            report.resealed += try await database.execute(
                "resealCredentials",
                "UPDATE credential SET sealed = \(new) WHERE id = \(credential.id) AND sealed = \(sealed)")
        }
        return report
    }

    /// Takes user and password out of the URLs of repos and keeps them as credentials; says how many there were.
    ///
    /// A repo stays as it is when its URL without them is watched, too.
    public func moveCredentialsOutOfURLs() async throws(StoreError) -> Int {
        guard canKeepSecrets else { return 0 }
        var count = 0
        for repo in try await repos() {
            guard let (url, form) = RepoURL.splitCredentials(repo.url), form.problem == nil,
                let place = RemotePlace(url)
            else { continue }
            let isMoved = try await transaction(as: "migration") { tx throws(StoreError) in
                let changed = try await tx.database.execute(
                    "moveCredentials",
                    """
                    UPDATE repo r SET url = \(url)
                    WHERE (r.id = \(repo.id) OR r.parent_id = \(repo.id)) AND r.url = \(repo.url) AND NOT EXISTS (
                        SELECT FROM repo o WHERE o.url = \(url) AND o.removed_at IS NULL AND o.parent_id IS NULL
                    )
                    """)
                guard changed > 0 else { return false }
                _ = try await tx.putCredential(form, for: place, facts: form.facts)
                return true
            }
            if isMoved { count += 1 }
        }
        return count
    }
}
