import Model
import Postgres

extension StateStore {
    /// The placements of removed repos in which something is deployed or under way, and that go by the names of
    /// `repo AS r, package AS k, environment AS e, placement AS p`.
    ///
    /// One that is not among them never comes back: nothing is begun for a removed repo but the destroy of what it
    /// runs. So a statement that finds none needs no lock on them.
    static let removedNamesakes: SQL = """
        SELECT q.id FROM repo o
        JOIN package ok ON ok.repo_id = o.id AND ok.name = k.name
        JOIN placement q ON q.package_id = ok.id AND q.environment_id = p.environment_id
        WHERE \(mayRun("o", repo: "r.name", environment: "e.name")) AND o.removed_at IS NOT NULL AND o.id <> r.id AND (
            q.deployed_id IS NOT NULL OR EXISTS (
                SELECT FROM deployment x WHERE x.placement_id = q.id AND x.state IN ('pending', 'running')
            )
        )
        """

    /// Whether a repo has a name and may run something in an environment: of previews, of which there may have been
    /// many, only those with this environment.
    static func mayRun(_ repo: SQL, repo name: SQL, environment: SQL) -> SQL {
        """
        (\(repo).name = \(name) AND \(repo).preview_environment IS NULL
            OR \(repo).name = \(name) AND \(repo).preview_environment = \(environment))
        """
    }

    /// What stands in the way of running anything under a placement's names, what is under way first; nil for nothing.
    func namesake(of placement: PlacementID) async throws(StoreError) -> Namesake? {
        let rows = try await database.query(
            "syncFacts",
            """
            SELECT o.id AS repo_id, coalesce(o.name, o.url_name) AS repo_name, o.removed_at IS NOT NULL AS is_removed,
                a.kind, CASE q.condition_kind WHEN 'failed' THEN q.condition_reason END AS failure
            FROM placement p
            JOIN package k ON k.id = p.package_id
            JOIN repo r ON r.id = k.repo_id
            JOIN environment e ON e.id = p.environment_id
            CROSS JOIN LATERAL (
                \(Self.removedNamesakes)
                UNION
                SELECT x.placement_id FROM deployment x
                WHERE x.state IN ('pending', 'running') AND x.placement_id <> p.id
                    AND x.names = ARRAY[coalesce(r.name, r.url_name), k.name, e.name]
            ) AS h
            JOIN placement q ON q.id = h.id
            JOIN package ok ON ok.id = q.package_id
            JOIN repo o ON o.id = ok.repo_id
            LEFT JOIN deployment a ON a.placement_id = q.id AND a.state IN ('pending', 'running')
            WHERE p.id = \(placement)
            ORDER BY a.id IS NULL, q.id LIMIT 1
            """)
        return try rows.decode { row throws(StoreError) in
            Namesake(
                repo: try row.value("repo_id"), repoName: try row.value("repo_name"),
                isRemoved: try row.value("is_removed"), active: try row.value("kind"),
                failure: try row.value("failure"))
        }.first
    }
}

extension StoreTransaction {
    /// Has those looked at that may wait for these placements to let go of their names.
    ///
    /// - Parameter deployment: the names under which this one began count too; nil for none.
    func wakeNamesakes(of placements: [PlacementID], deployment: DeploymentID? = nil) async throws(StoreError) {
        guard !placements.isEmpty else { return }
        let namesakes: [PlacementID] = try await database.query(
            "wakeNamesakes",
            """
            WITH kept AS (
                SELECT coalesce(r.name, r.url_name) AS repo, k.name AS package, e.name AS environment
                FROM placement p
                JOIN package k ON k.id = p.package_id
                JOIN repo r ON r.id = k.repo_id
                JOIN environment e ON e.id = p.environment_id
                WHERE p.id = ANY(\(placements))
                UNION
                SELECT names[1], names[2], names[3] FROM deployment WHERE id = \(deployment)
            )
            SELECT q.id FROM kept
            JOIN repo r ON \(StateStore.mayRun("r", repo: "kept.repo", environment: "kept.environment"))
            JOIN package k ON k.repo_id = r.id AND k.name = kept.package
            JOIN environment e ON e.name = kept.environment
            JOIN placement q ON q.package_id = k.id AND q.environment_id = e.id
            WHERE NOT (q.id = ANY(\(placements)))
            """
        ).values()
        enqueue(.sync, namesakes)
    }
}
