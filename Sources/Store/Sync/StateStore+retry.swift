import Model
import Postgres

extension StateStore {
    /// Tries again what failed: placements whose attempts are used up, Builds, policies and Changes.
    ///
    /// Throws ``StoreError/Code/invalid`` when something failed in an environment that only signed commits steer.
    ///
    /// - Returns: how many of them were found.
    @discardableResult
    public func retry(filter: PlacementFilter, as actor: String) async throws(StoreError) -> Int {
        try await transaction(as: actor) { transaction throws(StoreError) in
            switch try await transaction.retry(PlacementChoice(filter), by: actor, order: nil) {
            case .tried(let count, _): return count
            case .refused(let message): throw StoreError(.invalid, "retry", message)
            }
        }
    }
}

extension StateStore {
    /// Has Promote and Sync look at every placement that the filter chooses, and that is not gone.
    ///
    /// - Returns: how many placements that is.
    @discardableResult
    public func resync(filter: PlacementFilter, as actor: String) async throws(StoreError) -> Int {
        try await transaction(as: actor) { transaction throws(StoreError) in
            let rows = try await transaction.database.query(
                "resync",
                """
                SELECT p.id, k.id AS package_id FROM placement p
                JOIN package k ON k.id = p.package_id
                JOIN repo r ON r.id = k.repo_id
                JOIN environment e ON e.id = p.environment_id
                WHERE k.removed_at IS NULL AND e.removed_at IS NULL AND NOT e.is_archived AND \(filter.onPlacement)
                """)
            for row in rows {
                transaction.enqueue(.sync, [try row.value("id") as PlacementID])
                transaction.enqueue(.promote, [try row.value("package_id") as PackageID])
            }
            return rows.count
        }
    }
}

extension StoreTransaction {
    /// What came of a request to try again.
    enum Retry: Sendable {
        /// So many things are tried again; whose key signed the order, where that had to be so.
        case tried(Int, signer: String?)
        /// Nothing is; the sentence says why.
        case refused(String)
    }

    /// Tries again what failed of what is chosen; all of it or, when a list of signers forbids a part, nothing.
    ///
    /// - Parameters:
    ///   - person: who asked for it.
    ///   - order: the row of the order; nil for a direct request.
    func retry(
        _ choice: PlacementChoice, by person: String, order: Int64?
    ) async throws(StoreError) -> Retry {
        let listings = try await listings(
            choice.onEnvironment, of: order, way: "say 'Ocuroot-Retry: PACKAGE@ENVIRONMENT' in a commit")
        let forbidden = Set(listings.filter { $0.problem != nil }.map(\.environment)).sorted()
        let failed = try await environmentsWithFailures(choice, among: Set(listings.map(\.environment)).sorted())
        let touched = listings.filter { failed.contains($0.environment) }
        let permission = SignerListing.permission(of: touched)
        if let refusal = permission.refusal { return .refused(refusal) }
        return .tried(try await retryAll(choice.outside(forbidden), by: person), signer: permission.signer)
    }

    /// Whether a `placement AS p` failed.
    private static let hasFailed: SQL = "p.condition_kind IN ('failed', 'retrying')"
    /// Whether the policy failed of a `package AS k` that is there, by its `decision AS c`.
    private static let hasPolicyFailed: SQL = "k.removed_at IS NULL AND c.answer ? 'failed'"
    /// What the policy said of `placement AS p` about the newest Build of `package AS k`.
    private static let newestDecision: SQL = """
        decision c ON c.placement_id = p.id AND c.build_id = k.last_build_id AND c.is_current
        """

    /// Those of some environments where something that is chosen would be tried again.
    private func environmentsWithFailures(
        _ choice: PlacementChoice, among environments: [EnvironmentID]
    ) async throws(StoreError) -> Set<EnvironmentID> {
        guard !environments.isEmpty else { return [] }
        let found: [EnvironmentID] = try await database.query(
            "retry",
            """
            SELECT DISTINCT e.id FROM placement p
            JOIN package k ON k.id = p.package_id
            JOIN repo r ON r.id = k.repo_id
            JOIN environment e ON e.id = p.environment_id
            LEFT JOIN \(Self.newestDecision)
            WHERE e.id = ANY(\(environments)) AND \(choice.onPlacement)
                AND (\(Self.hasFailed) OR \(Self.hasPolicyFailed))
            """
        ).values()
        return Set(found)
    }

    private func retryAll(_ choice: PlacementChoice, by person: String) async throws(StoreError) -> Int {
        var count = try await retryPlacements(choice, person)
        if choice.isOfAllEnvironments { count += try await retryBuilds(choice, person) }
        count += try await retryPolicies(choice)
        if choice.isOfAllEnvironments, choice.isOfAllPackages { count += try await retryChanges(choice) }
        return count
    }

    /// Forgives the failed attempts.
    private func retryPlacements(_ filter: PlacementChoice, _ person: String) async throws(StoreError) -> Int {
        let rows = try await database.query(
            "retry",
            """
            WITH chosen AS (
                SELECT p.id FROM placement p
                JOIN package k ON k.id = p.package_id
                JOIN repo r ON r.id = k.repo_id
                JOIN environment e ON e.id = p.environment_id
                WHERE \(Self.hasFailed) AND \(filter.onPlacement)
                ORDER BY p.id FOR NO KEY UPDATE OF p
            )
            UPDATE placement p SET condition_kind = 'acting', condition_reason = 'a person asked for another try',
                condition_until = NULL, retry_base = coalesce((
                    SELECT max(d.attempt) FROM deployment d
                    WHERE d.placement_id = p.id AND d.generation = p.generation
                ), 0)
            FROM chosen WHERE p.id = chosen.id RETURNING p.id, p.package_id, p.environment_id
            """)
        for row in rows {
            enqueue(.sync, [try row.value("id") as PlacementID])
            record(
                NewEvent(
                    "placement.retried", "\(person) asked for another try", package: try row.value("package_id"),
                    environment: try row.value("environment_id")))
        }
        return rows.count
    }

    /// Queues the newest Build of each package again, if it failed and is still owed, with a Run of its own.
    private func retryBuilds(_ filter: PlacementChoice, _ person: String) async throws(StoreError) -> Int {
        let rows = try await database.query(
            "retry",
            """
            WITH chosen AS (
                SELECT b.id, b.sequence, k.id AS package_id, k.repo_id, k.name
                FROM package k
                JOIN repo r ON r.id = k.repo_id
                JOIN build b ON b.id = k.newest_build_id
                WHERE k.removed_at IS NULL AND k.is_outstanding AND k.error IS NULL AND b.state = 'failed'
                    AND \(filter.onPackage)
                ORDER BY k.id FOR NO KEY UPDATE OF k, b
            ), pending AS (
                UPDATE build b SET state = 'pending', error = NULL, finished_at = NULL
                FROM chosen WHERE b.id = chosen.id
            ), queued AS (
                INSERT INTO run (kind, repo_id, build_id) SELECT 'build', repo_id, id FROM chosen
                RETURNING id, build_id
            )
            SELECT queued.id, chosen.id AS build_id, chosen.sequence, chosen.package_id, chosen.repo_id, chosen.name
            FROM queued JOIN chosen ON chosen.id = queued.build_id
            """)
        for row in rows {
            let run: RunID = try row.value("id")
            enqueue(.dispatch, [run])
            let (name, sequence): (PackageName, Int64) = (try row.value("name"), try row.value("sequence"))
            record(
                NewEvent(
                    "build.queued", "build \(sequence) of \(name) is queued again: \(person) asked for it",
                    repo: try row.value("repo_id"), package: try row.value("package_id"),
                    build: try row.value("build_id"), run: run))
        }
        return rows.count
    }

    /// Has the policies asked again that failed about the newest Build.
    private func retryPolicies(_ filter: PlacementChoice) async throws(StoreError) -> Int {
        let packages: [PackageID] = try await database.query(
            "retry",
            """
            SELECT DISTINCT k.id FROM package k
            JOIN repo r ON r.id = k.repo_id
            JOIN placement p ON p.package_id = k.id
            JOIN environment e ON e.id = p.environment_id
            JOIN \(Self.newestDecision)
            WHERE \(Self.hasPolicyFailed) AND \(filter.onPlacement)
            """
        ).values()
        enqueue(.promote, packages)
        return packages.count
    }

    /// Has the failed Changes delivered again.
    private func retryChanges(_ filter: PlacementChoice) async throws(StoreError) -> Int {
        let repos: [RepoID] = try await database.query(
            "retry",
            """
            SELECT DISTINCT r.id FROM repo r JOIN change c ON c.repo_id = r.id AND c.state = 'failed'
            WHERE r.removed_at IS NULL AND \(filter.onRepo)
            """
        ).values()
        enqueue(.deliver, repos)
        return repos.count
    }
}
