import Model
import Postgres

extension WebhookDelivery {
    /// The columns of `webhook_delivery AS y` that ``init(row:)`` reads.
    static let columns: SQL = """
        y.id, y.repo_id, y.host, y.delivery_id, y.received_at, y.source, y.kind, y.event, y.refs, y.refs_left_out,
        y.pusher, y.problem, y.body_bytes, y.redelivered_at
        """

    init(row: Row) throws(StoreError) {
        self.init(
            id: try row.value("id"), repo: try row.value("repo_id"), host: try row.value("host"),
            deliveryID: try row.value("delivery_id"), receivedAt: try row.value("received_at"),
            source: try row.value("source"), kind: try row.value("kind"), event: try row.value("event"),
            refs: try row.json("refs"), refsLeftOut: try row.value("refs_left_out"),
            pusher: try row.value("pusher"), problem: try row.value("problem"),
            bodyBytes: try row.value("body_bytes"), redeliveredAt: try row.value("redelivered_at"))
    }
}
