import Model
import Postgres

extension Run {
    /// The joins that lead from `run AS n` to what it is about: `build AS b, package AS k, repo AS r`, and for a
    /// deployment `deployment AS d, placement AS p, environment AS e`, else null.
    static let subjectJoins: SQL = """
        JOIN build b ON b.id = n.build_id
        JOIN package k ON k.id = b.package_id
        JOIN repo r ON r.id = k.repo_id
        LEFT JOIN deployment d ON d.id = n.deployment_id
        LEFT JOIN placement p ON p.id = d.placement_id
        LEFT JOIN environment e ON e.id = p.environment_id
        """

    /// The columns of `run AS n` that ``init(row:)`` reads.
    static let columns: SQL = """
        n.id, n.kind, n.repo_id, n.build_id, n.deployment_id, n.state, n.attempt, n.error, n.created_at, n.started_at,
        n.finished_at
        """

    init(row: Row) throws(StoreError) {
        self.init(
            id: try row.value("id"), kind: try row.value("kind"), repo: try row.value("repo_id"),
            build: try row.value("build_id"), deployment: try row.value("deployment_id"),
            state: try row.value("state"), attempt: try row.value("attempt"), error: try row.value("error"),
            createdAt: try row.value("created_at"), startedAt: try row.value("started_at"),
            finishedAt: try row.value("finished_at"))
    }
}
