import Model
import Postgres

extension CredentialKind: PostgresBindable {}
extension CredentialKind: PostgresDecodable {}

extension StoredCredential {
    /// The columns of `credential AS k` that ``init(row:)`` reads.
    static let columns: SQL = """
        k.id, k.prefix, k.kind, k.facts, k.created_at, k.updated_at, k.updated_by, k.used_at, k.error
        """

    init(row: Row) throws(StoreError) {
        self.init(
            id: try row.value("id"), prefix: try row.value("prefix"), kind: try row.value("kind"),
            facts: try row.json("facts"), createdAt: try row.value("created_at"),
            updatedAt: try row.value("updated_at"), updatedBy: try row.value("updated_by"),
            usedAt: try row.value("used_at"), error: try row.value("error"))
    }
}
