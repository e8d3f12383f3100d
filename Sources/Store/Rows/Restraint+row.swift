import Model
import Postgres

extension Restraint {
    /// The columns of `restraint AS x` that ``init(row:_:)`` reads.
    static let columns: SQL = """
        x.actor AS restraint_actor, x.commit AS restraint_commit, x.since AS restraint_since,
        x.reason AS restraint_reason
        """

    init(row: Row, _ kind: Kind) throws(StoreError) {
        self.init(
            kind: kind, by: try row.value("restraint_actor"), commit: try row.value("restraint_commit"),
            since: try row.value("restraint_since"), reason: try row.value("restraint_reason"))
    }

    /// Reads actor, commit, since and reason from four columns in a row; nil when they are NULL.
    init?(row: Row, at first: Int, _ kind: Kind) throws(StoreError) {
        guard let actor: String = try row.value(at: first) else { return nil }
        self.init(
            kind: kind, by: actor, commit: try row.value(at: first + 1), since: try row.value(at: first + 2),
            reason: try row.value(at: first + 3))
    }
}
