import Cryptography
import Foundation
import Model
import Postgres

extension StoreTransaction {
    /// What commits are signed for.
    private static let namespace = "git"

    private struct Key: Encodable {
        var line: Int
        var fingerprint: String
        var principals: [String]
        var isForGit: Bool
        var validAfter: Double?
        var validBefore: Double?
    }

    /// Has only commits steer an environment that one of these signed, in place of the list that it had.
    ///
    /// Throws ``StoreError/Code/invalid`` when there are too many lists.
    ///
    /// - Parameters:
    ///   - environment: a name or a pattern.
    ///   - text: the file that `signers` was read from.
    ///   - person: who asks.
    public func putSigners(
        _ signers: AllowedSigners, text: String, for environment: NameGlob, by person: String
    ) async throws(StoreError) -> SignerListID {
        let rows = try await database.query(
            "putSigners",
            """
            INSERT INTO signer_list (environment, environment_like, text, updated_by)
            SELECT \(environment.text), \(environment.likePattern), \(text.storable(bytesMax: .max)),
                \(person.storable())
            WHERE (SELECT count(*) FROM signer_list WHERE environment <> \(environment.text)) < \(SignerList.countMax)
            ON CONFLICT (environment) DO UPDATE SET text = excluded.text, updated_at = now(),
                updated_by = excluded.updated_by
            RETURNING id
            """)
        guard let id: SignerListID = try rows.first?.value("id") else {
            throw StoreError(.invalid, "putSigners", "there are \(SignerList.countMax) lists of signers, and no room")
        }
        let keys = signers.signers.map { signer in
            Key(
                line: signer.line, fingerprint: signer.key.fingerprint, principals: signer.names,
                isForGit: signer.counts(for: Self.namespace), validAfter: signer.validAfter?.timeIntervalSince1970,
                validBefore: signer.validBefore?.timeIntervalSince1970)
        }
        try await database.execute("putSigners", "DELETE FROM signer_key WHERE list_id = \(id)")
        try await database.execute(
            "putSigners",
            """
            INSERT INTO signer_key (list_id, line, fingerprint, principals, is_for_git, valid_after, valid_before)
            SELECT \(id), g.line, g.fingerprint, g.principals, g."isForGit", to_timestamp(g."validAfter"),
                to_timestamp(g."validBefore")
            FROM jsonb_to_recordset(\(json: keys)) AS g (
                line int, fingerprint text, principals text[], "isForGit" boolean, "validAfter" double precision,
                "validBefore" double precision
            )
            """)
        let count = keys.count == 1 ? "a key" : "one of \(keys.count) keys"
        record(
            event(
                "signers.set", "only commits that \(count) signed steer '\(environment)' from now on: \(person)",
                id, environment, person, ["fingerprints": .array(keys.prefix(100).map { .string($0.fingerprint) })]))
        return id
    }

    /// Takes a list away; nil when there is none of this id.
    public func removeSigners(_ id: SignerListID, by person: String) async throws(StoreError) -> NameGlob? {
        let rows = try await database.query(
            "removeSigners", "DELETE FROM signer_list WHERE id = \(id) RETURNING environment")
        guard let row = rows.first else { return nil }
        let environment = NameGlob(try row.value("environment"))
        record(
            event(
                "signers.removed", "'\(environment)' is steered without the signatures of its list again: \(person)",
                id, environment, person))
        return environment
    }

    private func event(
        _ kind: String, _ message: String, _ id: SignerListID, _ environment: NameGlob, _ person: String,
        _ more: JSONObject = [:]
    ) -> NewEvent {
        let data: JSONObject = ["list": .string("\(id)"), "environment": .string(environment.text)]
        return NewEvent(kind, message, by: person.storable(), data: data.merging(more) { $1 })
    }
}
