import Model
import Postgres

extension StateStore {
    /// No policy is asked about more Builds of a package than this at a time.
    static let candidatesMax = 50

    /// What Promote looks at for one package; nil when there is none of this id.
    public func promoteFacts(_ package: PackageID) async throws(StoreError) -> PromoteFacts? {
        let rows = try await database.query(
            "promoteFacts",
            """
            SELECT k.id, k.repo_id, coalesce(r.parent_id, r.id) AS mirror_id, k.name, k.path, k.error,
                coalesce(r.name, r.url_name) AS repo_name, r.url,
                (k.removed_at IS NOT NULL OR r.removed_at IS NOT NULL) AS is_removed
            FROM package k JOIN repo r ON r.id = k.repo_id WHERE k.id = \(package)
            """)
        guard let row = rows.first else { return nil }
        var places = try await places(package)
        let oldest = places.map { $0.targetSequence ?? 0 }.min() ?? 0
        let candidates = try await candidates(package, from: oldest)
        try await addDecisions(to: &places, about: candidates.map(\.id))
        try await addPins(to: &places, of: package)
        return PromoteFacts(
            package: Package(
                id: package, repo: try row.value("repo_id"), name: try row.value("name"), path: try row.value("path"),
                error: try row.value("error")),
            repoName: try row.value("repo_name"), mirror: try row.value("mirror_id"),
            repoURL: try row.value("url"), isRemoved: try row.value("is_removed"), candidates: candidates,
            places: places)
    }

    /// The packages whose newest succeeded Build is newer than a Target and was not decided about, or with a pin that
    /// no Target follows.
    public func packagesToDecide() async throws(StoreError) -> [PackageID] {
        try await database.query(
            "packagesToDecide",
            """
            SELECT DISTINCT k.id
            FROM package k
            JOIN placement p ON p.package_id = k.id
            JOIN environment e ON e.id = p.environment_id AND e.removed_at IS NULL AND NOT e.is_archived
            LEFT JOIN target t ON t.id = p.target_id
            LEFT JOIN restraint x ON x.id = p.pin_id
            LEFT JOIN build b ON b.id = x.build_id AND b.state = 'succeeded'
            WHERE k.removed_at IS NULL AND k.last_build_id IS NOT NULL
                AND (t.build_id IS DISTINCT FROM k.last_build_id AND NOT EXISTS (
                    SELECT FROM decision c
                    WHERE c.placement_id = p.id AND c.build_id = k.last_build_id AND c.is_current
                ) OR b.id IS NOT NULL AND (t.build_id IS DISTINCT FROM b.id OR NOT t.is_running))
            ORDER BY k.id
            """
        ).values()
    }

    /// What is deployed in each environment that is not archived, for policies that look at it.
    ///
    /// - Parameter package: who asks; every package may see every other, but for what runs in previews that are not
    ///   its own.
    public func deployedEnvironments(
        for package: PackageID
    ) async throws(StoreError) -> [DeployedEnvironment] {
        let open = try await database.query(
            "deployedEnvironments",
            """
            SELECT \(Environment.columns) FROM environment e JOIN repo o ON o.id = e.repo_id
            WHERE e.removed_at IS NULL AND NOT e.is_archived
                AND (o.parent_id IS NULL OR o.id = (SELECT k.repo_id FROM package k WHERE k.id = \(package)))
            ORDER BY e.name COLLATE "C"
            """)
        let rows = try await database.query(
            "deployedEnvironments",
            """
            SELECT p.environment_id, coalesce(r.name, r.url_name) AS repo, k.name AS package, d.outputs,
                \(Build.columns)
            FROM placement p
            JOIN package k ON k.id = p.package_id
            JOIN repo r ON r.id = k.repo_id
            JOIN deployment d ON d.id = p.deployed_id
            JOIN build b ON b.id = d.build_id
            WHERE p.deployed_id IS NOT NULL AND (r.parent_id IS NULL OR r.removed_at IS NULL)
            ORDER BY coalesce(r.name, r.url_name) COLLATE "C", k.name COLLATE "C"
            """)
        var packages: [EnvironmentID: [DeployedPackage]] = [:]
        for row in rows {
            let build = try Build(row: row)
            let facts = RunSpec.BuildFacts(
                id: build.id, sequence: build.sequence, createdAt: build.createdAt, alias: build.alias,
                attributes: build.attributes, annotations: build.annotations)
            packages[try row.value("environment_id"), default: []].append(
                DeployedPackage(
                    repo: try row.value("repo"), package: try row.value("package"),
                    outputs: try row.object("outputs"), build: facts))
        }
        return try open.decode { row throws(StoreError) in
            let environment = try Environment(row: row)
            return DeployedEnvironment(environment: environment, packages: packages[environment.id] ?? [])
        }
    }

    private func places(_ package: PackageID) async throws(StoreError) -> [PromoteFacts.Place] {
        let rows = try await database.query(
            "promoteFacts",
            """
            SELECT p.id, p.generation, p.hold_id IS NOT NULL AS is_held, b.sequence AS target_sequence,
                \(Environment.columns), \(Target.columns)
            FROM placement p
            JOIN environment e ON e.id = p.environment_id AND e.removed_at IS NULL AND NOT e.is_archived
            LEFT JOIN target t ON t.id = p.target_id
            LEFT JOIN build b ON b.id = t.build_id
            WHERE p.package_id = \(package) ORDER BY e.name COLLATE "C"
            """)
        return try rows.decode { row throws(StoreError) in
            PromoteFacts.Place(
                placement: try row.value("id"), generation: try row.value("generation"),
                environment: try Environment(row: row), target: try Target(row: row),
                targetSequence: try row.value("target_sequence"), decisions: [:], isHeld: try row.value("is_held"))
        }
    }

    private func candidates(_ package: PackageID, from sequence: Int64) async throws(StoreError) -> [Build] {
        let rows = try await database.query(
            "promoteFacts",
            """
            SELECT \(Build.columns) FROM build b
            WHERE b.package_id = \(package) AND b.state = 'succeeded' AND b.sequence >= \(sequence)
            ORDER BY b.sequence DESC LIMIT \(Self.candidatesMax)
            """)
        return try rows.decode(Build.init(row:))
    }

    private func addPins(
        to places: inout [PromoteFacts.Place], of package: PackageID
    ) async throws(StoreError) {
        let rows = try await database.query(
            "promoteFacts",
            """
            SELECT p.id AS pinned_id, \(Restraint.columns), \(Build.columns), (
                    SELECT c.answer FROM decision c
                    WHERE c.placement_id = p.id AND c.build_id = b.id AND c.answer ? 'ready' ORDER BY c.id DESC LIMIT 1
                ) AS ready
            FROM placement p JOIN restraint x ON x.id = p.pin_id JOIN build b ON b.id = x.build_id
            WHERE p.package_id = \(package)
            """)
        for row in rows {
            let placement: PlacementID = try row.value("pinned_id")
            guard let index = places.firstIndex(where: { $0.placement == placement }) else { continue }
            let build = try Build(row: row)
            var known: [String: InputSource] = [:]
            if case .ready(let inputs, _)? = try row.jsonIfPresent("ready") as PolicyAnswer? { known = inputs }
            places[index].pin = PromoteFacts.Pin(
                build: build, sentence: try Restraint(row: row, .pin).sentence(build: build.sequence), inputs: known)
        }
    }

    private func addDecisions(
        to places: inout [PromoteFacts.Place], about builds: [BuildID]
    ) async throws(StoreError) {
        guard !places.isEmpty, !builds.isEmpty else { return }
        let rows = try await database.query(
            "promoteFacts",
            """
            SELECT placement_id, build_id, answer, decided_at FROM decision
            WHERE placement_id = ANY(\(places.map(\.placement))) AND build_id = ANY(\(builds)) AND is_current
            """)
        var decisions: [PlacementID: [BuildID: RecordedDecision]] = [:]
        for row in rows {
            decisions[try row.value("placement_id"), default: [:]][try row.value("build_id")] = RecordedDecision(
                answer: try row.json("answer"), decidedAt: try row.value("decided_at"))
        }
        for index in places.indices { places[index].decisions = decisions[places[index].placement] ?? [:] }
    }
}
