import Model
import Postgres

extension Environment {
    /// The columns of `environment AS e` that ``init(row:)`` reads, their names beginning with `environment_`.
    ///
    /// One that nobody declares any more counts as archived.
    static let columns: SQL = """
        e.id AS environment_id, e.name AS environment_name, e.attributes AS environment_attributes,
        (e.is_archived OR e.removed_at IS NOT NULL) AS environment_is_archived
        """

    init(row: Row) throws(StoreError) {
        self.init(
            id: try row.value("environment_id"), name: try row.value("environment_name"),
            attributes: try row.object("environment_attributes"), isArchived: try row.value("environment_is_archived"))
    }
}
