import Foundation
import Model
import Postgres

extension StateStore {
    /// Events in the order of their ids, the oldest first.
    ///
    /// Whoever reads on from the last id that it saw misses none: no event is committed with a smaller id than one that
    /// was visible before.
    ///
    /// - Parameters:
    ///   - after: only events with greater ids; nil for all.
    ///   - limit: at most so many, 1 … 10,000.
    public func events(after: EventID?, limit: Int) async throws(StoreError) -> [Event] {
        let rows = try await database.query(
            "events",
            """
            SELECT id, at, kind, actor, message, repo_id, package_id, environment_id, change_id, build_id,
                deployment_id, run_id, data
            FROM event WHERE id > \(after?.rawValue ?? 0) ORDER BY id LIMIT \(min(max(limit, 1), 10_000))
            """)
        return try rows.decode(Event.init(row:))
    }

    /// The newest event; nil before the first.
    public func latestEvent() async throws(StoreError) -> EventID? {
        try await database.query("latestEvent", "SELECT max(id) AS id FROM event").single("latestEvent").value("id")
    }
}

extension Event {
    /// Reads the columns of `event`.
    init(row: Row) throws(StoreError) {
        self.init(
            id: try row.value("id"), at: try row.value("at"), kind: try row.value("kind"),
            actor: try row.value("actor"), message: try row.value("message"), data: try Self.data(row))
    }

    /// What the event holds, with the ids of what it concerns in their written form.
    private static func data(_ row: Row) throws(StoreError) -> JSONObject {
        var data = try row.object("data")
        func add<Subject>(_ id: Identifier<Subject>?, _ key: String) {
            if let id { data[key] = .string(id.description) }
        }
        add(try row.value("repo_id") as RepoID?, "repo")
        add(try row.value("package_id") as PackageID?, "package")
        add(try row.value("environment_id") as EnvironmentID?, "environment")
        add(try row.value("change_id") as ChangeID?, "change")
        add(try row.value("build_id") as BuildID?, "build")
        add(try row.value("deployment_id") as DeploymentID?, "deployment")
        add(try row.value("run_id") as RunID?, "run")
        return data
    }
}
