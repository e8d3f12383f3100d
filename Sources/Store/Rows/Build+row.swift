import Model
import Postgres

extension Build {
    /// The columns of `build AS b` that ``init(row:)`` reads.
    static let columns: SQL = """
        b.id, b.package_id, b.change_id, b.sequence, b.commit, b.tree, b.path, b.functions, b.state, b.alias,
        b.attributes, b.reason, b.error, b.created_at,
        coalesce((
            SELECT jsonb_object_agg(a.key, a.value) FROM annotation a WHERE a.build_id = b.id AND a.is_current
        ), '{}') AS annotations
        """

    init(row: Row) throws(StoreError) {
        self.init(
            id: try row.value("id"), package: try row.value("package_id"), change: try row.value("change_id"),
            sequence: try row.value("sequence"), commit: try row.value("commit"), tree: try row.value("tree"),
            path: try row.value("path"), functions: Set(try row.value("functions") as [PackageFunction]),
            state: try row.value("state"), alias: try row.value("alias"), attributes: try row.object("attributes"),
            annotations: try row.object("annotations"), reason: try row.json("reason"), error: try row.value("error"),
            createdAt: try row.value("created_at"))
    }
}
