import Foundation
import Model
import Postgres

extension StateStore {
    /// The next events that nobody was told of, with what is true of them now; nil when nobody is to be told anything.
    ///
    /// What happened before the first of the targets was added is left out.
    ///
    /// - Parameter limit: at most so many events, 1 … 1,000.
    public func noticeReading(limit: Int) async throws(StoreError) -> NoticeReading? {
        let targets = try await database.query("noticeReading", Self.targets("true")).decode { row throws(StoreError) in
            (target: try NoticeTarget(row: row), since: try row.value("since_event") as EventID)
        }
        guard let first = targets.map(\.since).min() else { return nil }
        let cursor: EventID = try await database.query("noticeReading", "SELECT event_id FROM notice_cursor")
            .single("noticeReading").value("event_id")
        let from = max(cursor, first)
        let rows = try await database.query("noticeReading", Self.facts(after: from, limit: min(max(limit, 1), 1000)))
        return NoticeReading(from: cursor, events: try rows.decode(NoticeFacts.init(row:)), targets: targets)
    }

    /// Whether events wait that nobody was told of, and somebody is to be.
    public func hasUnreadEvents() async throws(StoreError) -> Bool {
        try await database.query(
            "hasUnreadEvents",
            """
            SELECT EXISTS (SELECT FROM notice_target WHERE removed_at IS NULL)
                AND coalesce((SELECT max(id) FROM event) > (SELECT event_id FROM notice_cursor), false) AS found
            """
        ).single("hasUnreadEvents").value("found")
    }

    /// An event names some of what it concerns, and the rest is found from that; one of a placement concerns the Build
    /// that should run there.
    private static func facts(after from: EventID, limit: Int) -> SQL {
        """
        WITH piece AS (SELECT * FROM event WHERE id > \(from) ORDER BY id LIMIT \(limit)), placed AS (
            SELECT v.*, coalesce(d.placement_id, p.id) AS placement_id,
                coalesce(v.build_id, d.build_id, t.build_id) AS any_build_id
            FROM piece v
            LEFT JOIN deployment d ON d.id = v.deployment_id
            LEFT JOIN placement p ON p.package_id = v.package_id AND p.environment_id = v.environment_id
            LEFT JOIN target t ON t.id = p.target_id AND v.kind LIKE 'placement.%'
        )
        SELECT v.id, v.at, v.kind, v.actor, v.message, v.data, v.repo_id, v.package_id, v.environment_id, v.change_id,
            v.build_id, v.deployment_id, v.run_id,
            coalesce(r.parent_id, r.id) AS facts_repo, coalesce(r.name, r.url_name) AS repo_name,
            k.name AS package_name,
            e.name AS environment_name, b.id AS facts_build, b.sequence, b.alias, b.state AS build_state,
            b.error AS build_error, coalesce(b.commit, c.commit) AS commit, c.message AS commit_message, c.author,
            coalesce(c.patch_hash IS NOT NULL, false) AS is_patched,
            a.kind AS attempt_kind, a.state AS attempt_state, a.error AS attempt_error,
            a.generation AS attempt_generation,
            coalesce(t.build_id = b.id AND t.is_running, false) AS is_target,
            coalesce(o.build_id = b.id AND p.observed_generation = p.generation, false) AS is_deployed,
            p.generation, p.condition_kind, p.condition_reason
        FROM placed v
        LEFT JOIN placement p ON p.id = v.placement_id
        LEFT JOIN build b ON b.id = v.any_build_id
        LEFT JOIN package k ON k.id = coalesce(v.package_id, b.package_id, p.package_id)
        LEFT JOIN change c ON c.id = coalesce(b.change_id, v.change_id)
        LEFT JOIN repo r ON r.id = coalesce(k.repo_id, c.repo_id, v.repo_id)
        LEFT JOIN environment e ON e.id = coalesce(p.environment_id, v.environment_id)
        LEFT JOIN target t ON t.id = p.target_id
        LEFT JOIN deployment o ON o.id = p.deployed_id
        LEFT JOIN LATERAL (
            SELECT d.kind, d.state, d.error, d.generation FROM deployment d
            WHERE d.placement_id = p.id AND d.build_id = b.id ORDER BY d.id DESC LIMIT 1
        ) AS a ON true
        ORDER BY v.id
        """
    }
}

extension NoticeFacts {
    init(row: Row) throws(StoreError) {
        var event = EventFacts(try Event(row: row))
        event.repo = try row.value("repo_name")
        event.package = try row.value("package_name")
        event.environment = try row.value("environment_name")
        event.commit = try row.value("commit")
        event.author = try row.value("author")
        let message: String? = try row.value("commit_message")
        event.subject = message?.split(whereSeparator: \.isNewline).first.map(String.init)
        if let id: BuildID = try row.value("facts_build") {
            event.build = EventFacts.Build(
                id: id, sequence: try row.value("sequence"), alias: try row.value("alias"))
        }
        var attempt: Attempt?
        if let kind: Deployment.Kind = try row.value("attempt_kind") {
            attempt = Attempt(
                kind: kind, state: try row.value("attempt_state"), error: try row.value("attempt_error"),
                generation: try row.value("attempt_generation"))
        }
        var condition: SyncCondition?
        if let kind: SyncCondition.Kind = try row.value("condition_kind") {
            condition = SyncCondition(kind: kind, reason: try row.value("condition_reason"))
        }
        self.init(
            event: event, repo: try row.value("facts_repo"), buildState: try row.value("build_state"),
            buildError: try row.value("build_error"), isPatched: try row.value("is_patched"), attempt: attempt,
            isTarget: try row.value("is_target"), isDeployed: try row.value("is_deployed"),
            generation: try row.value("generation"), condition: condition)
    }
}
