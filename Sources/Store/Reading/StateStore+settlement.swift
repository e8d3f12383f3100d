import Model
import Postgres

extension StateStore {
    /// No list of a settlement is longer.
    private static let sentencesMax = 100
    /// No sentence names more placements.
    private static let placesMax = 5

    /// Whether anything is left to do for what the filter chooses, and what failed of it.
    ///
    /// A placement that waits for a policy or for a time is settled; one whose next attempt is due is not.
    public func settlement(_ filter: StatusFilter = .init()) async throws(StoreError) -> Settlement {
        let unfinished = try await unfinishedWork(filter)
        guard unfinished.isEmpty else { return Settlement(isSettled: false, failures: [], unfinished: unfinished) }
        let report = try await status(filter)
        let moving = Self.sentences(about: report.packages.filter { $0.state == .progressing })
        return Settlement(
            isSettled: moving.isEmpty, failures: try await failures(filter, in: report),
            unfinished: Array(moving.prefix(Self.sentencesMax)))
    }

    /// What is not well as things are, whether or not something is left to do: one sentence each, at most 100.
    ///
    /// - Parameter report: what ``status(_:)`` said of the same filter.
    public func failures(
        _ filter: StatusFilter = .init(), in report: StatusReport
    ) async throws(StoreError) -> [String] {
        let failed = report.packages.filter { $0.state == .failed || $0.state == .blocked }
        return Array((try await repoFailures(filter) + Self.sentences(about: failed)).prefix(Self.sentencesMax))
    }

    /// A sentence for each state and reason, which names the placements that share it.
    private static func sentences(about elements: [StatusReport.Element]) -> [String] {
        struct Cause: Hashable {
            let state: PlacementState
            let reason: String
        }
        var causes: [Cause] = []
        var places: [Cause: [String]] = [:]
        for element in elements {
            let cause = Cause(state: element.state, reason: element.reason)
            if places[cause] == nil { causes.append(cause) }
            places[cause, default: []].append("\(element.package)@\(element.environment)")
        }
        return causes.map { cause in
            let all = places[cause] ?? []
            var shown = all.prefix(placesMax).joined(separator: ", ")
            if all.count > placesMax { shown += " and \(all.count - placesMax) more" }
            return "\(shown) \(all.count == 1 ? "is" : "are") \(cause.state.rawValue): \(cause.reason)"
        }
    }

    /// Changes to deliver, Runs that have not ended, and work that is queued, due or being done.
    private func unfinishedWork(_ filter: StatusFilter) async throws(StoreError) -> [String] {
        try await database.query(
            "settlement",
            """
            SELECT format('change c%s of %s is being delivered', c.id, coalesce(r.name, r.url_name)) AS sentence
            FROM change c JOIN repo r ON r.id = c.repo_id
            WHERE c.state = 'recorded' AND r.removed_at IS NULL AND \(filter.onRepo)
            UNION ALL
            SELECT format('%s of %s is %s (r%s)', n.kind, k.name, n.state, n.id)
            FROM run n \(Run.subjectJoins)
            WHERE n.state IN ('queued', 'running') AND \(filter.onRun)
            UNION ALL
            SELECT format('%s is to look at %s', w.controller, w.key)
            FROM work w
            LEFT JOIN placement p ON w.controller = 'sync' AND p.id = substr(w.key, 2)::bigint
            LEFT JOIN environment e ON e.id = p.environment_id
            LEFT JOIN package k
                ON k.id = CASE w.controller WHEN 'sync' THEN p.package_id WHEN 'promote' THEN substr(w.key, 2)::bigint END
            LEFT JOIN repo r
                ON r.id = CASE w.controller WHEN 'deliver' THEN substr(w.key, 2)::bigint ELSE k.repo_id END
            WHERE w.controller IN ('deliver', 'promote', 'sync') AND NOT w.is_routine
                AND (w.holder IS NOT NULL OR w.due_at <= clock_timestamp() OR w.attempts > 0
                    OR p.condition_kind = 'retrying')
                AND \(filter.onWork)
            LIMIT \(Self.sentencesMax)
            """
        ).values()
    }

    /// Why repos cannot be read or delivered.
    ///
    /// What failed on a branch that is not watched, delivered by hand, counts until something newer is delivered.
    private func repoFailures(_ filter: StatusFilter) async throws(StoreError) -> [String] {
        try await database.query(
            "settlement",
            """
            SELECT format('%s%s: %s', coalesce(r.name, r.url_name), ', preview of ' || r.preview_ref,
                coalesce(r.look_error, r.error, c.error))
            FROM repo r
            LEFT JOIN LATERAL (
                SELECT c.error FROM change c
                WHERE c.repo_id = r.id AND c.state = 'failed'
                    AND (c.id > coalesce(r.delivered_change_id, 0) OR EXISTS (
                        SELECT FROM unnest(r.refs) AS p WHERE c.ref LIKE
                            replace(replace(replace(replace(p, '%', '\\%'), '_', '\\_'), '*', '%'), '?', '_')))
                ORDER BY c.id DESC LIMIT 1
            ) AS c ON true
            WHERE r.removed_at IS NULL AND \(filter.onRepo)
                AND coalesce(r.look_error, r.error, c.error) IS NOT NULL
            ORDER BY r.id LIMIT \(Self.sentencesMax)
            """
        ).values()
    }
}

extension PlacementFilter {
    /// The condition on a Run's `repo AS r, package AS k, environment AS e`; a build has no environment and serves all.
    fileprivate var onRun: SQL {
        environment.map { "\(onPackage) AND (e.name IS NULL OR e.name = \($0))" } ?? onPackage
    }

    /// The condition on what a row of work concerns, where what it does not say fits.
    fileprivate var onWork: SQL {
        var conditions: [SQL] = [onRepo]
        if let package { conditions.append("(k.name IS NULL OR k.name = \(package))") }
        if let environment { conditions.append("(e.name IS NULL OR e.name = \(environment))") }
        return conditions.joined(separator: " AND ")
    }
}
