import Model
import Postgres

extension StateStore {
    /// The Changes of a repo that are recorded or failed, the oldest first, at most 100.
    public func undelivered(_ repo: RepoID) async throws(StoreError) -> [Change] {
        let rows = try await database.query(
            "undelivered",
            """
            SELECT \(Change.columns) FROM change c
            WHERE c.repo_id = \(repo) AND c.state IN ('recorded', 'failed') ORDER BY c.id LIMIT 100
            """)
        return try rows.decode(Change.init(row:))
    }

    /// What the next Change of a repo is compared with; throws ``StoreError/Code/notFound`` when it is not watched.
    public func deliveryBase(_ repo: RepoID) async throws(StoreError) -> DeliveryBase {
        let rows = try await database.query(
            "deliveryBase",
            """
            SELECT r.delivered_change_id, r.delivered_tree, r.name, c.commit
            FROM repo r LEFT JOIN change c ON c.id = r.delivered_change_id
            WHERE r.id = \(repo) AND r.removed_at IS NULL
            """)
        guard let row = rows.first else {
            throw StoreError(.notFound, "deliveryBase", subject: repo.description, "there is no such repo")
        }
        return DeliveryBase(
            change: try row.value("delivered_change_id"), commit: try row.value("commit"),
            tree: try row.value("delivered_tree"), name: try row.value("name"))
    }

    /// The package files of a repo, by path.
    ///
    /// - Parameter paths: only those whose directory holds one of these paths, or which load one; nil for all.
    public func packageFiles(
        _ repo: RepoID, watching paths: [String]?
    ) async throws(StoreError) -> [PackageFileRecord] {
        guard let paths else {
            return try await files(repo, "SELECT path FROM package_file WHERE repo_id = \(repo)")
        }
        guard !paths.isEmpty else { return [] }
        let directories = Set(paths.flatMap { WatchIndex<PackageID>.directories(above: $0) }).sorted()
        return try await files(
            repo,
            """
            SELECT path FROM package_file WHERE repo_id = \(repo) AND path = ANY(\(directories))
            UNION
            SELECT package_file FROM package_load WHERE repo_id = \(repo) AND file_path = ANY(\(paths))
            """)
    }

    /// The package files that are in error, or have a package that is owed a build.
    public func outstanding(_ repo: RepoID) async throws(StoreError) -> [PackageFileRecord] {
        try await files(
            repo,
            """
            SELECT path FROM package_file WHERE repo_id = \(repo) AND error IS NOT NULL
            UNION
            SELECT path FROM package WHERE repo_id = \(repo) AND is_outstanding AND removed_at IS NULL
            """)
    }

    /// The repos with Changes to deliver, or with packages that are owed a build.
    public func reposToDeliver() async throws(StoreError) -> [RepoID] {
        try await database.query(
            "reposToDeliver",
            """
            SELECT r.id FROM repo r WHERE r.removed_at IS NULL AND (
                EXISTS (SELECT FROM change c WHERE c.repo_id = r.id AND c.state IN ('recorded', 'failed'))
                OR EXISTS (
                    SELECT FROM package k WHERE k.repo_id = r.id AND k.is_outstanding AND k.removed_at IS NULL
                )
            ) ORDER BY r.id
            """
        ).values()
    }

    /// The package files whose paths a query selects, with their packages; two statements however many there are.
    private func files(_ repo: RepoID, _ chosen: SQL) async throws(StoreError) -> [PackageFileRecord] {
        let rows = try await database.query(
            "packageFiles",
            """
            SELECT f.path, f.error, f.loads FROM package_file f
            WHERE f.repo_id = \(repo) AND f.path IN (\(chosen)) ORDER BY f.path COLLATE "C"
            """)
        guard !rows.isEmpty else { return [] }
        var packages = Dictionary(grouping: try await packages(repo, chosen), by: \.path)
        return try rows.decode { row throws(StoreError) in
            let directory: String = try row.value(at: 0)
            let hasLoads = try row.value(at: 2) as String != "[]"
            return PackageFileRecord(
                directory: directory, error: try row.value(at: 1), loads: hasLoads ? try row.json("loads") : [],
                packages: packages.removeValue(forKey: directory) ?? [])
        }
    }

    private func packages(_ repo: RepoID, _ chosen: SQL) async throws(StoreError) -> [PackageRecord] {
        let rows = try await database.query(
            "packageFiles",
            """
            SELECT k.id, k.name, k.path, k.functions, k.is_outstanding,
                b.id, b.change_id, b.tree, b.path, n.id, n.change_id, n.tree, n.path, n.state
            FROM package k
            LEFT JOIN build b ON b.id = k.last_build_id
            LEFT JOIN build n ON n.id = k.newest_build_id
            WHERE k.repo_id = \(repo) AND k.removed_at IS NULL AND NOT k.is_provisional AND k.path IN (\(chosen))
            ORDER BY k.name COLLATE "C"
            """)
        return try rows.decode(Self.package)
    }

    private static func package(_ row: Row) throws(StoreError) -> PackageRecord {
        let newest = try recordedBuild(row, at: 9)
        let newestState: Build.State? = try row.value(at: 13)
        let isPending = newestState == .pending || newestState == .running
        return PackageRecord(
            id: try row.value(at: 0), name: try row.value(at: 1), path: try row.value(at: 2),
            functions: Set(try row.value(at: 3) as [PackageFunction]), lastBuild: try recordedBuild(row, at: 5),
            pendingBuild: isPending ? newest : nil, newestBuildChange: newest?.change,
            isOutstanding: try row.value(at: 4))
    }

    private static func recordedBuild(_ row: Row, at first: Int) throws(StoreError) -> RecordedBuild? {
        guard let id: BuildID = try row.value(at: first) else { return nil }
        return RecordedBuild(
            id: id, change: try row.value(at: first + 1), tree: try row.value(at: first + 2),
            path: try row.value(at: first + 3))
    }
}
