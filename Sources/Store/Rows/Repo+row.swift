import Foundation
import Model
import Postgres

extension Repo {
    /// The columns of `repo AS r` that ``init(row:)`` reads.
    static let columns: SQL = """
        r.id, r.url, r.name, r.refs, r.error, r.look_error, r.looked_at, r.default_ref, r.previews AS preview,
        r.parent_id, r.preview_ref, r.preview_environment,
        (SELECT o.previews ->> 'like' FROM repo o WHERE o.id = r.parent_id) AS preview_like, (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'id', \(Repo.idPrefix) || v.id, 'ref', v.preview_ref, 'environment', v.preview_environment,
                'error', v.error) ORDER BY v.preview_ref), '[]')
            FROM repo v WHERE v.parent_id = r.id AND v.removed_at IS NULL
        ) AS previews
        """

    init(row: Row) throws(StoreError) {
        let lookError: String? = try row.value("look_error")
        let deliveryError: String? = try row.value("error")
        self.init(
            id: try row.value("id"), url: try row.value("url"), name: try row.value("name"),
            refs: try row.value("refs"), error: lookError ?? deliveryError, lookedAt: try row.value("looked_at"),
            defaultRef: try row.value("default_ref"), preview: try row.jsonIfPresent("preview"),
            previews: try row.json("previews"), origin: try PreviewOrigin(row: row))
    }
}

extension PreviewOrigin {
    /// Nil for a repo that is no preview.
    fileprivate init?(row: Row) throws(StoreError) {
        guard let parent: RepoID = try row.value("parent_id") else { return nil }
        self.init(
            repo: parent, ref: try row.value("preview_ref"), environment: try row.value("preview_environment"),
            like: try row.value("preview_like"))
    }
}
