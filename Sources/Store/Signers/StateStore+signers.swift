import Model
import Postgres

extension StateStore {
    private static let columns: SQL = """
        l.id, l.environment, l.updated_at, l.updated_by,
        (SELECT count(*) FROM signer_key k WHERE k.list_id = l.id) AS keys,
        ARRAY(
            SELECT e.name FROM environment e
            WHERE e.removed_at IS NULL AND NOT e.is_archived AND e.name LIKE l.environment_like
            ORDER BY e.name LIMIT \(SignerList.coversMax)
        ) AS covers
        """

    /// The lists of signers by environment, without what they hold.
    public func signerLists() async throws(StoreError) -> [SignerList] {
        let rows = try await database.query(
            "signerLists", #"SELECT \#(Self.columns) FROM signer_list l ORDER BY l.environment COLLATE "C""#)
        return try rows.decode { row throws(StoreError) in try Self.list(row) }
    }

    /// One of them with what it holds; nil when there is none of this id.
    public func signerList(_ id: SignerListID) async throws(StoreError) -> SignerList? {
        let lists = try await database.query(
            "signerLists", "SELECT \(Self.columns), l.text FROM signer_list l WHERE l.id = \(id)")
        guard let row = lists.first else { return nil }
        let keys = try await database.query(
            "signerLists",
            """
            SELECT principals, fingerprint, is_for_git, valid_after, valid_before FROM signer_key
            WHERE list_id = \(id) ORDER BY line
            """)
        let signers = try keys.decode { row throws(StoreError) in
            SignerList.Signer(
                principals: try row.value("principals"), fingerprint: try row.value("fingerprint"),
                isForGit: try row.value("is_for_git"), validAfter: try row.value("valid_after"),
                validBefore: try row.value("valid_before"))
        }
        return try Self.list(row, signers, text: try row.value("text"))
    }

    private static func list(
        _ row: Row, _ signers: [SignerList.Signer]? = nil, text: String? = nil
    ) throws(StoreError) -> SignerList {
        SignerList(
            id: try row.value("id"), environment: try row.value("environment"), covers: try row.value("covers"),
            keys: try row.value("keys"), updatedAt: try row.value("updated_at"),
            updatedBy: try row.value("updated_by"), signers: signers, text: text)
    }
}
