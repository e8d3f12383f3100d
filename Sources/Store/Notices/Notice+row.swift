import Model
import Postgres

extension Notice {
    /// The columns of `notice AS n` that ``init(row:)`` reads.
    static let columns: SQL = """
        n.id, n.target_id, n.key, n.payload, n.revision, n.remote_id, n.state, n.attempts, n.since, n.due_at, n.error
        """

    init(row: Row) throws(StoreError) {
        self.init(
            id: try row.value("id"), target: try row.value("target_id"), key: try row.value("key"),
            payload: try row.json("payload"), revision: try row.value("revision"),
            remoteID: try row.value("remote_id"), state: try row.value("state"), attempts: try row.value("attempts"),
            since: try row.value("since"), dueAt: try row.value("due_at"), error: try row.value("error"))
    }
}
