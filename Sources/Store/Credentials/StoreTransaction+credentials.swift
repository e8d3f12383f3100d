import Model
import Postgres

extension StoreTransaction {
    /// Keeps a credential, in place of the one of its kind and prefix, and has the repositories under it looked at.
    ///
    /// Throws ``StoreError/Code/noMasterKey``; ``StoreError/Code/invalid`` for a form that lacks something, or a kind
    /// that the prefix's scheme has no use for.
    ///
    /// - Parameter facts: what may be seen of it.
    public func putCredential(
        _ form: CredentialForm, for place: RemotePlace, facts: [String: String]
    ) async throws(StoreError) -> CredentialID {
        let prefix = place.description
        if let problem = form.problem { throw StoreError(.invalid, "putCredential", subject: prefix, problem) }
        guard form.kind.schemes.contains(place.scheme) else {
            throw StoreError(
                .invalid, "putCredential", subject: prefix, "a \(form.kind.rawValue) is nothing for \(place.scheme)")
        }
        let sealed = try secrets.seal(form, for: prefix)
        let row = try await database.query(
            "putCredential",
            """
            INSERT INTO credential (origin, prefix, kind, facts, sealed, updated_by)
            VALUES (\(place.origin), \(prefix), \(form.kind), \(Self.json(facts))::jsonb, \(sealed), \(actor))
            ON CONFLICT (prefix, kind) DO UPDATE SET facts = excluded.facts, sealed = excluded.sealed,
                updated_at = now(), updated_by = excluded.updated_by, error = NULL
            RETURNING id
            """
        ).single("putCredential")
        let id: CredentialID = try row.value("id")
        record(event("credential.kept", "a \(form.kind.rawValue) is kept for \(prefix)", id, form.kind, prefix))
        try await lookAtRepos(under: place)
        return id
    }

    /// Forgets a credential; nil when there is none of this id.
    public func removeCredential(_ id: CredentialID) async throws(StoreError) -> StoredCredential? {
        let rows = try await database.query(
            "removeCredential",
            "DELETE FROM credential k WHERE k.id = \(id) RETURNING \(StoredCredential.columns)")
        guard let credential = try rows.decode(StoredCredential.init(row:)).first else { return nil }
        let (kind, prefix) = (credential.kind, credential.prefix)
        record(event("credential.removed", "the \(kind.rawValue) for \(prefix) is forgotten", id, kind, prefix))
        if let place = RemotePlace(prefix) { try await lookAtRepos(under: place) }
        return credential
    }

    private static func json(_ facts: [String: String]) -> String {
        (try? JSONText.encode(facts)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private func event(
        _ name: String, _ message: String, _ id: CredentialID, _ kind: CredentialKind, _ prefix: String
    ) -> NewEvent {
        NewEvent(
            name, message,
            data: ["credential": .string("\(id)"), "kind": .string(kind.rawValue), "prefix": .string(prefix)])
    }

    private func lookAtRepos(under place: RemotePlace) async throws(StoreError) {
        let rows = try await database.query(
            "reposUnder", "SELECT id, url FROM repo WHERE removed_at IS NULL AND parent_id IS NULL")
        var ids: [RepoID] = []
        for row in rows {
            guard let repository = RemotePlace(try row.value("url")), place.covers(repository) else { continue }
            ids.append(try row.value("id"))
        }
        enqueue(.source, ids)
    }
}
