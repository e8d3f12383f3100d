import Model
import Postgres

extension StateStore {
    /// The first part of a filter that names what was never here; nil when each is known, also by something that is
    /// gone or that was never delivered.
    public func unknownName(in filter: PlacementFilter) async throws(StoreError) -> UnknownName? {
        if let repo = filter.repo, try await !exists("SELECT FROM repo r WHERE \(filter.onRepo)") {
            let known: SQL = "SELECT coalesce(r.name, r.url_name) AS name FROM repo r WHERE r.removed_at IS NULL"
            return UnknownName(kind: .repo, name: repo, known: try await names(known))
        }
        let packages: SQL = "FROM package k JOIN repo r ON r.id = k.repo_id WHERE"
        if let package = filter.package, try await !exists("SELECT \(packages) \(filter.onPackage)") {
            let known: SQL = """
                SELECT k.name \(packages) \(filter.onRepo) AND k.removed_at IS NULL AND r.removed_at IS NULL
                """
            return UnknownName(kind: .package, name: package, known: try await names(known))
        }
        if let name = filter.environment, try await !exists("SELECT FROM environment WHERE name = \(name)") {
            let known: SQL = "SELECT name FROM environment WHERE removed_at IS NULL AND NOT is_archived"
            return UnknownName(kind: .environment, name: name, known: try await names(known))
        }
        return nil
    }

    private func exists(_ rows: SQL) async throws(StoreError) -> Bool {
        try await database.query("unknownName", "SELECT EXISTS (\(rows)) AS found").single("unknownName").value("found")
    }

    private func names(_ rows: SQL) async throws(StoreError) -> [String] {
        try await database.query(
            "unknownName",
            """
            SELECT name FROM (SELECT DISTINCT n.name COLLATE "C" AS name FROM (\(rows)) AS n) AS d
            ORDER BY name LIMIT \(UnknownName.knownMax)
            """
        ).values()
    }
}
