import Model
import Postgres

extension StoreTransaction {
    /// Starts an attempt at a placement's generation, with its Run.
    ///
    /// A Build without that function has nothing to run: the attempt succeeds at once, with all that follows from it.
    ///
    /// Nothing is deployed while a removed repo still runs something under the same names, and nothing is destroyed
    /// that does not count as deployed. A hold lets nothing begin but the deploy of the Build that is pinned.
    ///
    /// - Returns: nil, and nothing was written, when that stands in the way, the generation has moved on, the attempt
    ///   exists, or another is pending or running: of the placement, or under its names.
    @discardableResult
    public func startDeployment(
        _ placement: PlacementID, generation: Int64, attempt: Int, kind: Deployment.Kind, build: BuildID,
        inputs: JSONObject
    ) async throws(StoreError) -> DeploymentID? {
        let rows = try await database.query(
            "startDeployment",
            """
            WITH wanted AS (
                SELECT p.id, k.repo_id, p.package_id, p.environment_id, k.name, e.name AS environment, b.sequence,
                    \(kind) = ANY(b.functions) AS is_run,
                    ARRAY[coalesce(r.name, r.url_name), k.name, e.name] AS names
                FROM placement p
                JOIN package k ON k.id = p.package_id
                JOIN repo r ON r.id = k.repo_id
                JOIN environment e ON e.id = p.environment_id
                JOIN build b ON b.id = \(build) AND b.package_id = p.package_id
                WHERE p.id = \(placement) AND p.generation = \(generation) AND CASE \(kind)
                    WHEN 'destroy' THEN p.deployed_id IS NOT NULL
                    ELSE NOT EXISTS (\(StateStore.removedNamesakes)) END
                    AND (p.hold_id IS NULL OR \(kind == .deploy) AND EXISTS (
                        SELECT FROM restraint x WHERE x.id = p.pin_id AND x.build_id = \(build)
                    ))
                FOR NO KEY UPDATE OF p
            ), started AS (
                INSERT INTO deployment (placement_id, generation, attempt, kind, build_id, state, inputs, names)
                SELECT id, \(generation), \(attempt), \(kind), \(build), 'pending', \(json: inputs), names FROM wanted
                ON CONFLICT DO NOTHING RETURNING id
            ), queued AS (
                INSERT INTO run (kind, repo_id, build_id, deployment_id)
                SELECT \(kind), wanted.repo_id, \(build), started.id FROM wanted, started WHERE wanted.is_run
                RETURNING id
            )
            SELECT started.id, wanted.repo_id, wanted.package_id, wanted.environment_id, wanted.name,
                wanted.environment, wanted.sequence, (SELECT id FROM queued) AS run_id
            FROM wanted, started
            """)
        guard let row = rows.first else { return nil }
        let id: DeploymentID = try row.value("id")
        guard let run: RunID = try row.value("run_id") else {
            try await concludeDeployment(id, error: nil, outputs: [:])
            return id
        }
        enqueue(.dispatch, [run])
        let (package, environment): (PackageName, EnvironmentName) = (
            try row.value("name"), try row.value("environment")
        )
        record(
            NewEvent(
                "deployment.queued",
                """
                \(kind.rawValue) of \(package)@\(environment), build \(try row.value("sequence") as Int64), \
                attempt \(attempt), is queued
                """,
                repo: try row.value("repo_id"), package: try row.value("package_id"),
                environment: try row.value("environment_id"), build: build, deployment: id, run: run))
        return id
    }

    /// Cancels an attempt whose Run no runner has taken yet; false, and nothing written, for any other.
    @discardableResult
    public func cancelDeployment(_ id: DeploymentID) async throws(StoreError) -> Bool {
        try await cancelDeployments("d.id = \(id)") > 0
    }

    /// Cancels the attempts that a condition on `deployment AS d` chooses, and whose Runs no runner has taken yet.
    ///
    /// - Returns: how many.
    @discardableResult
    func cancelDeployments(_ condition: SQL) async throws(StoreError) -> Int {
        let rows = try await database.query(
            "cancelDeployment",
            """
            WITH ended AS (
                UPDATE run n SET state = 'canceled', finished_at = now(), start_token_hash = NULL FROM deployment d
                WHERE n.deployment_id = d.id AND n.state = 'queued' AND d.state = 'pending' AND \(condition)
                RETURNING n.id, n.deployment_id
            )
            UPDATE deployment d SET state = 'canceled', finished_at = now()
            FROM ended, placement p WHERE d.id = ended.deployment_id AND d.state = 'pending' AND p.id = d.placement_id
            RETURNING d.id, d.placement_id, d.build_id, d.kind, p.package_id, p.environment_id, ended.id AS run_id
            """)
        for row in rows {
            let (id, placement): (DeploymentID, PlacementID) = (try row.value("id"), try row.value("placement_id"))
            enqueue(.sync, [placement])
            try await wakeNamesakes(of: [placement], deployment: id)
            record(
                NewEvent(
                    "deployment.canceled", "\(try row.value("kind") as String) was superseded before it had begun",
                    package: try row.value("package_id"), environment: try row.value("environment_id"),
                    build: try row.value("build_id"), deployment: id, run: try row.value("run_id")))
        }
        return rows.count
    }

    /// Records what Sync found of a placement; an event tells of it when kind or reason changed.
    ///
    /// - Parameter generation: the generation that was brought about, when all of it was; ignored, with the whole
    ///   call, when the placement's generation has moved on since.
    public func setCondition(
        _ placement: PlacementID, _ condition: SyncCondition, observed generation: Int64?
    ) async throws(StoreError) {
        let reason = condition.reason.storable()
        let rows = try await database.query(
            "setCondition",
            """
            WITH old AS (
                SELECT id, condition_kind, condition_reason FROM placement
                WHERE id = \(placement) AND generation = coalesce(\(generation), generation)
                    AND (condition_kind, condition_reason, condition_until, observed_generation) IS DISTINCT FROM (
                        \(condition.kind), \(reason), \(condition.until), coalesce(\(generation), observed_generation)
                    )
                FOR NO KEY UPDATE
            )
            UPDATE placement p SET condition_kind = \(condition.kind), condition_reason = \(reason),
                condition_until = \(condition.until),
                observed_generation = coalesce(\(generation), p.observed_generation)
            FROM old WHERE p.id = old.id
            RETURNING p.package_id, p.environment_id, \(Placement.place) AS place,
                (SELECT r.removed_at IS NOT NULL FROM package k JOIN repo r ON r.id = k.repo_id
                    WHERE k.id = p.package_id) AS is_removed,
                old.condition_kind <> p.condition_kind OR old.condition_reason <> p.condition_reason AS is_news
            """)
        guard let row = rows.first, try row.value("is_news") else { return }
        if try row.value("is_removed") { try await wakeNamesakes(of: [placement]) }
        let place: String = try row.value("place")
        record(
            NewEvent(
                "placement.\(condition.kind.rawValue)",
                "\(place): \(reason.isEmpty ? condition.kind.rawValue : reason)",
                package: try row.value("package_id"), environment: try row.value("environment_id")))
    }
}
