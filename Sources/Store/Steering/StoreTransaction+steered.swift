import Model
import Postgres

extension StoreTransaction {
    /// What is asked after by name, and listed when it is not there; no more names are compared.
    private static let namesMax = 500

    /// The placements that a choice names, those of packages and environments that are gone too; locked.
    func placements(_ choice: PlacementChoice) async throws(StoreError) -> [SteeredPlacement] {
        let rows = try await database.query(
            "steer",
            """
            SELECT p.id, p.package_id, p.environment_id, k.name || '@' || e.name AS name,
                k.removed_at IS NULL AND e.removed_at IS NULL AND NOT e.is_archived AS is_live,
                p.deployed_id IS NOT NULL AS is_deployed, p.pin_id IS NOT NULL AS is_pinned,
                p.hold_id IS NOT NULL AS is_held, r.parent_id IS NOT NULL AS is_preview
            FROM placement p
            JOIN package k ON k.id = p.package_id
            JOIN repo r ON r.id = k.repo_id
            JOIN environment e ON e.id = p.environment_id
            WHERE \(choice.onPlacement)
            ORDER BY p.id FOR NO KEY UPDATE OF p
            """)
        return try rows.decode { row throws(StoreError) in
            SteeredPlacement(
                id: try row.value("id"), package: try row.value("package_id"),
                environment: try row.value("environment_id"), name: try row.value("name"),
                isLive: try row.value("is_live"), isDeployed: try row.value("is_deployed"),
                isPinned: try row.value("is_pinned"), isHeld: try row.value("is_held"),
                isPreview: try row.value("is_preview"))
        }
    }

    /// The packages that a choice names, each with the repo or the one whose preview it is in; the repo's own first.
    func packages(_ choice: PlacementChoice) async throws(StoreError) -> [SteeredPackage] {
        let rows = try await database.query(
            "steer",
            """
            SELECT k.id, coalesce(r.parent_id, r.id) AS repo_id, r.parent_id IS NOT NULL AS is_preview
            FROM package k JOIN repo r ON r.id = k.repo_id
            WHERE \(choice.onPackage) AND k.removed_at IS NULL ORDER BY is_preview, k.id LIMIT \(Self.namesMax)
            """)
        return try rows.decode { row throws(StoreError) in
            SteeredPackage(
                id: try row.value("id"), repo: try row.value("repo_id"), isPreview: try row.value("is_preview"))
        }
    }

    /// The Build that a reference names among packages of one name in one repo and its previews.
    ///
    /// The repo's own goes before those of its previews, and a number means its own.
    func build(
        _ reference: BuildReference, among packages: [SteeredPackage]
    ) async throws(StoreError) -> NamedBuild.Choice {
        let previews = packages.filter(\.isPreview).map(\.id)
        guard let own = packages.first(where: { !$0.isPreview }) else {
            return try await build(reference, of: previews, byNumber: true)
        }
        let choice = try await build(reference, of: own.id)
        guard case .none = choice, !previews.isEmpty else { return choice }
        let other = try await build(reference, of: previews, byNumber: false)
        if case .none = other { return choice }
        return other
    }

    /// Which part of a text names nothing, and what was perhaps meant.
    func whatIsMissing(_ subject: PlacementGlob, _ choice: PlacementChoice) async throws(StoreError) -> String {
        let packages: SQL = "FROM package k JOIN repo r ON r.id = k.repo_id WHERE k.removed_at IS NULL AND"
        if try await names("k.name \(packages) \(choice.onPackage)", atMost: 1).isEmpty {
            let known = try await names("k.name \(packages) \(choice.onRepo)", atMost: Self.namesMax)
            return Self.sentence("package", subject.package, known)
        }
        let environments: SQL = "e.name FROM environment e WHERE e.removed_at IS NULL AND NOT e.is_archived"
        if let environment = subject.environment,
            try await names("\(environments) AND \(choice.onEnvironment)", atMost: 1).isEmpty
        {
            return Self.sentence("environment", environment, try await names(environments, atMost: Self.namesMax))
        }
        return "nothing fits '\(subject)'"
    }

    private static func sentence(_ kind: String, _ glob: NameGlob, _ known: [String]) -> String {
        let meant = glob.isExact ? Suggestion.clause(for: glob.text, among: known) : ""
        let list = known.isEmpty ? "there is none yet" : "there are \(Suggestion.list(known))"
        return glob.isExact ? "there is no \(kind) '\(glob)'\(meant); \(list)" : "no \(kind) fits '\(glob)'; \(list)"
    }

    private func names(_ selection: SQL, atMost bound: Int) async throws(StoreError) -> [String] {
        try await database.query("steer", "SELECT DISTINCT \(selection) LIMIT \(bound)").values()
    }
}
