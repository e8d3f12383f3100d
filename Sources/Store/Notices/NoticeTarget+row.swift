import Model
import Postgres

extension NoticeTarget {
    /// The columns of `notice_target AS t` and its `repo AS r` that ``init(row:)`` reads.
    static let columns: SQL = """
        t.id, t.kind, t.repo_id, coalesce(r.name, r.url_name) AS repo_name, t.address, t.project, t.kinds,
        t.package_like, t.environment_like, t.created_by, t.created_at, t.paused_until, t.error, t.since_event,
        (SELECT count(*) FROM notice n WHERE n.target_id = t.id AND n.state = 'pending') AS pending,
        (SELECT count(*) FROM notice n WHERE n.target_id = t.id AND n.state = 'dead') AS dead
        """

    init(row: Row) throws(StoreError) {
        let (pending, dead): (Int64, Int64) = (try row.value("pending"), try row.value("dead"))
        self.init(
            id: try row.value("id"), kind: try row.value("kind"), repo: try row.value("repo_id"),
            repoName: try row.value("repo_name"), address: try row.value("address"),
            project: try row.value("project"), on: try row.value("kinds"), package: try row.value("package_like"),
            environment: try row.value("environment_like"), createdBy: try row.value("created_by"),
            createdAt: try row.value("created_at"), pausedUntil: try row.value("paused_until"),
            error: try row.value("error"), pending: Int(pending), dead: Int(dead))
    }
}
