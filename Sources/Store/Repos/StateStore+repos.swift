import Model
import Postgres

extension StateStore {
    /// The watched repos in the order in which they were added, each with its previews, which are none of them.
    public func repos() async throws(StoreError) -> [Repo] {
        let rows = try await database.query(
            "repos",
            "SELECT \(Repo.columns) FROM repo r WHERE r.removed_at IS NULL AND r.parent_id IS NULL ORDER BY r.id")
        return try rows.decode(Repo.init(row:))
    }

    /// A watched repo, or a preview; nil when there is none, or it was removed.
    public func repo(_ id: RepoID) async throws(StoreError) -> Repo? {
        let rows = try await database.query(
            "repo", "SELECT \(Repo.columns) FROM repo r WHERE r.id = \(id) AND r.removed_at IS NULL")
        return try rows.decode(Repo.init(row:)).first
    }

    /// Where a repo is fetched from, also one that was removed; nil when there never was one.
    public func repoURL(_ id: RepoID) async throws(StoreError) -> String? {
        try await database.query("repoURL", "SELECT r.url FROM repo r WHERE r.id = \(id)").values(String.self).first
    }

    /// The watched repo that a person means: by id, declared name, URL, or the URL's short form, in this order.
    public func repo(matching text: String) async throws(StoreError) -> Repo? {
        let rows = try await database.query(
            "repo",
            """
            SELECT \(Repo.columns) FROM repo r
            WHERE r.removed_at IS NULL AND r.parent_id IS NULL AND \(Self.isRepo(text))
            ORDER BY r.id = \(RepoID(text)) DESC NULLS LAST, r.name = \(text) DESC NULLS LAST, r.url = \(text) DESC
            LIMIT 1
            """)
        return try rows.decode(Repo.init(row:)).first
    }

    /// Where each ref of a repo was last seen; refs that were never seen are left out.
    public func refTips(_ repo: RepoID) async throws(StoreError) -> [RefName: RefTip] {
        let rows = try await database.query(
            "refTips",
            """
            SELECT ref, commit, sequence FROM ref_tip
            WHERE repo_id = \(repo) AND (sequence > 0 OR commit IS NOT NULL)
            """)
        var tips: [RefName: RefTip] = [:]
        for row in rows {
            tips[try row.value("ref")] = RefTip(commit: try row.value("commit"), sequence: try row.value("sequence"))
        }
        return tips
    }

    /// The watched repos that are not queued to be looked at.
    public func reposWithoutWork() async throws(StoreError) -> [RepoID] {
        let rows = try await database.query(
            "reposWithoutWork",
            """
            SELECT r.id FROM repo r WHERE r.removed_at IS NULL AND r.parent_id IS NULL AND NOT EXISTS (
                SELECT FROM work w WHERE w.controller = \(ControllerName.source) AND w.key = \(Repo.idPrefix) || r.id)
            ORDER BY r.id
            """)
        return try rows.values(RepoID.self)
    }

    /// What decides how often a repo is looked at; nil when it is not watched.
    public func activity(of repo: RepoID) async throws(StoreError) -> RepoActivity? {
        let rows = try await database.query(
            "activity",
            """
            SELECT now() - moved_at AS since_move, announced_moves,
                coalesce(\(RepoActivity.announcedAt) > coalesce(looked_at, '-infinity'), false) AS is_announced
            FROM repo r WHERE id = \(repo) AND removed_at IS NULL
            """)
        guard let row = rows.first else { return nil }
        return RepoActivity(
            sinceMove: try row.value("since_move"), announcedMoves: try row.value("announced_moves"),
            isAnnounced: try row.value("is_announced"))
    }

    /// A Change; nil when there is none of this id.
    public func change(_ id: ChangeID) async throws(StoreError) -> Change? {
        let rows = try await database.query("change", "SELECT \(Change.columns) FROM change c WHERE c.id = \(id)")
        return try rows.decode(Change.init(row:)).first
    }

    /// The commits that a Change brought, the oldest first.
    public func commits(of change: ChangeID) async throws(StoreError) -> [ChangeCommit] {
        let rows = try await database.query(
            "commits",
            """
            SELECT commit, author, committed_at, message, trailers
            FROM change_commit WHERE change_id = \(change) ORDER BY position
            """)
        return try rows.decode { row throws(StoreError) in
            ChangeCommit(
                commit: try row.value("commit"), author: try row.value("author"),
                committedAt: try row.value("committed_at"), message: try row.value("message"),
                trailers: try row.json("trailers"))
        }
    }

    /// A Build; nil when there is none of this id.
    public func build(_ id: BuildID) async throws(StoreError) -> Build? {
        let rows = try await database.query("build", "SELECT \(Build.columns) FROM build b WHERE b.id = \(id)")
        return try rows.decode(Build.init(row:)).first
    }

    /// The Builds that were begun for a Change.
    public func builds(of change: ChangeID) async throws(StoreError) -> [Build] {
        let rows = try await database.query(
            "builds", "SELECT \(Build.columns) FROM build b WHERE b.change_id = \(change) ORDER BY b.id")
        return try rows.decode(Build.init(row:))
    }

    /// Whether `repo AS r` is what a person means, or a preview of that.
    static func isRepo(_ text: String) -> SQL {
        """
        (r.name = \(text) OR r.url = \(text) OR r.url_name = \(text) OR r.id = \(RepoID(text))
            OR r.parent_id = \(RepoID(text)))
        """
    }
}
