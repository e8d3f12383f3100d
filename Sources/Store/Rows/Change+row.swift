import Model
import Postgres

extension Change {
    /// The columns of `change AS c` that ``init(row:)`` reads.
    static let columns: SQL = """
        c.id, c.repo_id, c.ref, c.sequence, c.commit, c.previous_commit, c.patch_hash, c.patch_description, c.message,
        c.author, c.state, c.error, c.created_at
        """

    init(row: Row) throws(StoreError) {
        let patchHash: String? = try row.value("patch_hash")
        let patchDescription: String? = try row.value("patch_description")
        let patch = patchHash.map { ChangePatch(hash: $0, description: patchDescription ?? "") }
        self.init(
            id: try row.value("id"), repo: try row.value("repo_id"), ref: try row.value("ref"),
            sequence: try row.value("sequence"), commit: try row.value("commit"),
            previous: try row.value("previous_commit"), patch: patch, message: try row.value("message"),
            author: try row.value("author"), state: try row.value("state"), error: try row.value("error"),
            createdAt: try row.value("created_at"))
    }
}
