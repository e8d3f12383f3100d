import Foundation
import Model
import Postgres

extension StateStore {
    /// What runs where, and what is happening to it, sorted by repo, package, environment.
    ///
    /// A package that is gone, or an environment that is archived, is left out once nothing runs there and nothing is
    /// in progress. A repo that is gone is called `NAME (ID, removed)`, so that it is told apart from one that has taken
    /// its place. One statement, so that all of it was true at one moment.
    public func status(_ filter: StatusFilter = .init()) async throws(StoreError) -> StatusReport {
        let rows = try await database.query("status", Self.statusQuery(filter))
        guard let first = rows.first else { return StatusReport(at: try await now(), packages: []) }
        let decoder = StatusDecoder()
        return StatusReport(at: try first.value(at: 0), packages: try rows.decode(decoder.element))
    }

    /// Which Builds of a report were made with an uncommitted patch.
    public func patchedBuilds(in report: StatusReport) async throws(StoreError) -> Set<BuildID> {
        let builds = Set(report.packages.flatMap { [$0.target?.build.id, $0.deployed?.build.id] }.compactMap { $0 })
        guard !builds.isEmpty else { return [] }
        let patched: [BuildID] = try await database.query(
            "patchedBuilds",
            """
            SELECT b.id FROM build b JOIN change c ON c.id = b.change_id
            WHERE b.id = ANY(\(Array(builds))) AND c.patch_hash IS NOT NULL
            """
        ).values()
        return Set(patched)
    }

    /// What `repo AS r` is called in the report.
    private static let shownName: SQL = """
        (coalesce(r.name, r.url_name) || CASE WHEN r.removed_at IS NULL THEN '' ELSE ' (o' || r.id || ', removed)' END)
        """

    /// Whether a pin or a hold keeps `placement AS p` from a newer Build that its policy would take, or from being
    /// emptied since it is gone.
    private static let isKept: SQL = """
        CASE WHEN p.pin_id IS NULL AND p.hold_id IS NULL THEN false
            WHEN k.removed_at IS NOT NULL OR r.removed_at IS NOT NULL OR e.removed_at IS NOT NULL OR e.is_archived
            THEN p.hold_id IS NOT NULL AND coalesce(t.is_running, false)
            ELSE EXISTS (
                SELECT FROM decision y JOIN build yb ON yb.id = y.build_id
                WHERE y.placement_id = p.id AND y.is_current AND yb.sequence > coalesce(tb.sequence, 0)
                    AND (y.answer ? 'ready' OR y.answer ? 'skip')
            ) END
        """

    /// The columns are read by position; see ``StatusDecoder``.
    private static func statusQuery(_ filter: StatusFilter) -> SQL {
        """
        SELECT clock_timestamp(), \(shownName) AS repo_name, k.name, e.name,
            (k.removed_at IS NULL AND r.removed_at IS NULL AND e.removed_at IS NULL AND NOT e.is_archived),
            k.error,
            CASE WHEN n.state <> 'failed' OR k.is_outstanding THEN n.sequence END, n.state, n.error,
            r.id IN (SELECT repo_id FROM change WHERE state = 'recorded'),
            c.answer,
            'p' || k.id IN (SELECT key FROM work WHERE controller = 'promote' AND NOT is_routine),
            k.last_build_id IS NOT NULL AND coalesce(t.build_id < k.last_build_id, true),
            p.condition_kind, p.condition_reason,
            CASE WHEN t.is_running THEN t.build_id END, tb.sequence, tb.alias, tb.commit, t.decided_at,
            d.build_id, db.sequence, db.alias, db.commit, d.finished_at, d.outputs,
            x.actor, x.commit, x.since, x.reason, h.actor, h.commit, h.since, h.reason,
            xb.id, xb.sequence, xb.alias, xb.commit, xb.state, \(isKept)
        FROM placement p
        JOIN package k ON k.id = p.package_id
        JOIN repo r ON r.id = k.repo_id
        JOIN environment e ON e.id = p.environment_id
        LEFT JOIN build n ON n.id = k.newest_build_id
        LEFT JOIN target t ON t.id = p.target_id
        LEFT JOIN build tb ON tb.id = t.build_id
        LEFT JOIN deployment d ON d.id = p.deployed_id
        LEFT JOIN build db ON db.id = d.build_id
        LEFT JOIN restraint x ON x.id = p.pin_id
        LEFT JOIN build xb ON xb.id = x.build_id
        LEFT JOIN restraint h ON h.id = p.hold_id
        LEFT JOIN decision c ON c.placement_id = p.id AND c.build_id = k.last_build_id AND c.is_current
        WHERE \(filter.onPlacement) AND (
            (k.removed_at IS NULL AND r.removed_at IS NULL AND e.removed_at IS NULL AND NOT e.is_archived)
            OR p.deployed_id IS NOT NULL OR p.condition_kind IN ('acting', 'retrying')
        )
        ORDER BY \(shownName) COLLATE "C", k.name COLLATE "C", e.name COLLATE "C"
        """
    }
}
