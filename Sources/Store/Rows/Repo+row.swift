import Foundation
import Model
import Postgres

extension Repo {
    /// The columns of `repo AS r` that ``init(row:)`` reads.
    static let columns: SQL = "r.id, r.url, r.name, r.refs, r.error, r.look_error, r.looked_at"

    init(row: Row) throws(StoreError) {
        let lookError: String? = try row.value("look_error")
        let deliveryError: String? = try row.value("error")
        self.init(
            id: try row.value("id"), url: try row.value("url"), name: try row.value("name"),
            refs: try row.value("refs"), error: lookError ?? deliveryError, lookedAt: try row.value("looked_at"))
    }
}
