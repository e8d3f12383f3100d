import Foundation
import Model
import Postgres

extension StateStore {
    /// The URL of the repository that a Run works on; nil when there is no such Run.
    public func sourceURL(of run: RunID) async throws(StoreError) -> String? {
        let rows = try await database.query(
            "sourceURL", "SELECT r.url FROM run n JOIN repo r ON r.id = n.repo_id WHERE n.id = \(run)")
        return try rows.values(String.self).first
    }

    /// A Run; nil when there is none of this id.
    public func run(_ id: RunID) async throws(StoreError) -> Run? {
        let rows = try await database.query("run", "SELECT \(Run.columns) FROM run n WHERE n.id = \(id)")
        return try rows.decode(Run.init(row:)).first
    }

    /// Runs with the names of what they belong to, newest first.
    public func runs(_ filter: RunFilter) async throws(StoreError) -> [RunListing] {
        var conditions: [SQL] = ["true"]
        if let run = filter.run { conditions.append("n.id = \(run)") }
        if let change = filter.change { conditions.append("b.change_id = \(change)") }
        if let build = filter.build { conditions.append("n.build_id = \(build)") }
        if let package = filter.package { conditions.append("k.name = \(package)") }
        if let environment = filter.environment { conditions.append("e.name = \(environment)") }
        if let state = filter.state { conditions.append("n.state = \(state)") }
        let rows = try await database.query(
            "runs",
            """
            SELECT \(Run.columns), coalesce(r.name, r.url_name) AS repo_name, k.name AS package_name,
                e.name AS environment_name, b.change_id, b.sequence, b.commit, n.holder, n.log_bytes,
                n.log_bytes_dropped, n.log_error
            FROM run n \(Run.subjectJoins)
            WHERE \(conditions.joined(separator: " AND "))
            ORDER BY n.id DESC LIMIT \(min(max(filter.limit, 1), 1_000))
            """)
        return try rows.decode { row throws(StoreError) in
            RunListing(
                run: try Run(row: row), repo: try row.value("repo_name"), package: try row.value("package_name"),
                environment: try row.value("environment_name"), change: try row.value("change_id"),
                buildSequence: try row.value("sequence"), commit: try row.value("commit"),
                holder: try row.value("holder"), logBytes: try row.value("log_bytes"),
                logBytesDropped: try row.value("log_bytes_dropped"), logError: try row.value("log_error"))
        }
    }

    /// The processes that were started on a machine for Runs that have not ended.
    public func launches(host: String) async throws(StoreError) -> [(RunID, RunLaunch)] {
        let rows = try await database.query(
            "launches",
            """
            SELECT id, launch FROM run
            WHERE state IN ('queued', 'running') AND launch ->> 'host' = \(host) ORDER BY id
            """)
        return try rows.decode { row throws(StoreError) in (try row.value("id"), try row.json("launch")) }
    }

    /// The process that was started last for a Run; nil when none was.
    public func launch(of run: RunID) async throws(StoreError) -> RunLaunch? {
        let rows = try await database.query("launch", "SELECT launch FROM run WHERE id = \(run)")
        return try rows.first?.jsonIfPresent("launch")
    }

    /// The Runs that wait for a runner, or run as a process that a server started.
    public func unfinishedRuns() async throws(StoreError) -> [RunID] {
        try await database.query(
            "unfinishedRuns",
            """
            SELECT id FROM run
            WHERE state IN ('queued', 'running') AND (state = 'queued' OR launch IS NOT NULL) ORDER BY id
            """
        ).values()
    }

    /// The Runs whose runner fell silent, those that did so first before the others.
    ///
    /// Not those that Dispatch is to look at, or is with: it ends what is left of the runner before it gives one up.
    public func expiredRuns(limit: Int) async throws(StoreError) -> [Run] {
        let rows = try await database.query(
            "expiredRuns",
            """
            SELECT \(Run.columns) FROM run n WHERE n.state = 'running' AND n.lease_expires < statement_timestamp()
                AND NOT EXISTS (
                    SELECT FROM work w WHERE w.controller = \(ControllerName.dispatch) AND w.key = 'r' || n.id
                )
            ORDER BY n.lease_expires LIMIT \(max(0, limit))
            """)
        return try rows.decode(Run.init(row:))
    }
}
