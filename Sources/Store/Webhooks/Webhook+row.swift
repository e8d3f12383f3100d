import Model
import Postgres

extension Webhook {
    /// The columns of `webhook AS h` that ``init(row:)`` reads.
    static let columns: SQL = """
        h.repo_id, h.host, h.created_at, h.rotated_at, h.refused_count, h.refused_at, h.refusal,
        CASE WHEN h.former_until > clock_timestamp() THEN h.former_until END AS former_until
        """

    init(row: Row) throws(StoreError) {
        self.init(
            repo: try row.value("repo_id"), host: try row.value("host"), createdAt: try row.value("created_at"),
            rotatedAt: try row.value("rotated_at"), formerUntil: try row.value("former_until"),
            refusedCount: try row.value("refused_count"), refusedAt: try row.value("refused_at"),
            refusal: try row.value("refusal"))
    }

    /// What a repo's secrets are sealed for.
    static func purpose(of repo: RepoID) -> String { "webhook secret of \(repo)" }
}
