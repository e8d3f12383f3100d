import Foundation
import Model
import Postgres

extension StoreTransaction {
    /// Begins to watch a repo, and has it looked at.
    ///
    /// Throws ``StoreError/Code/conflict`` when the URL is watched already.
    ///
    /// - Parameter refs: the refs to deliver; none means the branch that the remote's HEAD names.
    public func addRepo(url: String, refs: [RefPattern]) async throws(StoreError) -> RepoID {
        let shown = RepoURL.withoutPassword(url)
        let rows = try await database.query(
            "addRepo",
            """
            INSERT INTO repo (url, url_name, refs) VALUES (\(url), \(RepoURL.displayName(url)), \(refs))
            ON CONFLICT (url) WHERE removed_at IS NULL AND parent_id IS NULL DO NOTHING RETURNING id
            """)
        guard let row = rows.first else {
            throw StoreError(.conflict, "addRepo", subject: shown, "the repository is watched already")
        }
        let id: RepoID = try row.value("id")
        enqueue(.source, [id])
        record(NewEvent("repo.added", "\(shown) is watched", repo: id, data: ["url": .string(shown)]))
        return id
    }

    /// Changes which refs of a watched repo are delivered, and has it looked at.
    ///
    /// What was deployed from a ref that is no longer delivered stays as it is. A branch that is delivered now has no
    /// preview any more.
    public func setRefs(_ repo: RepoID, _ refs: [RefPattern]) async throws(StoreError) {
        try await lockDeliveries("setRefs")
        let changed = try await database.execute(
            "setRefs", "UPDATE repo SET refs = \(refs) WHERE id = \(repo) AND removed_at IS NULL AND refs <> \(refs)")
        guard changed > 0 else { return }
        enqueue(.source, [repo])
        let names = refs.isEmpty ? "the default branch" : refs.map(\.rawValue).joined(separator: ", ")
        record(
            NewEvent(
                "repo.changed", "delivers \(names)", repo: repo,
                data: ["refs": .array(refs.map { .string($0.rawValue) })]))
        try await endPreviews(of: repo)
    }

    /// Notes where a ref is that is not delivered yet: its next move is.
    public func recordRefSeen(_ repo: RepoID, _ ref: RefName, at commit: CommitID) async throws(StoreError) {
        try await database.execute(
            "recordRefSeen",
            """
            INSERT INTO ref_tip (repo_id, ref, commit)
            SELECT id, \(ref), \(commit) FROM repo WHERE id = \(repo) AND removed_at IS NULL
            ON CONFLICT (repo_id, ref) DO UPDATE SET commit = excluded.commit WHERE ref_tip.commit IS NULL
            """)
    }

    /// Notes where a ref is that nothing can be delivered of as it is: its next move is looked at.
    public func recordRefPassedOver(_ repo: RepoID, _ ref: RefName, at commit: CommitID) async throws(StoreError) {
        try await database.execute(
            "recordRefPassedOver",
            """
            INSERT INTO ref_tip (repo_id, ref, commit)
            SELECT id, \(ref), \(commit) FROM repo WHERE id = \(repo) AND removed_at IS NULL
            ON CONFLICT (repo_id, ref) DO UPDATE SET commit = excluded.commit
            """)
    }

    /// Notes that the repo's refs were read, or why they could not be.
    ///
    /// - Parameters:
    ///   - error: why they could not be read.
    ///   - problem: what is not well though they were read, such as a branch that can have no preview.
    ///   - startedAt: the database's time before the refs were read, so that whoever asked for a look before then knows
    ///     that it was answered.
    ///   - hasMoved: whether a delivered ref was found elsewhere; counts as announced if somebody announced a push
    ///     since the look before.
    public func recordLook(
        _ repo: RepoID, error: String?, problem: String? = nil, startedAt: Date, hasMoved: Bool = false
    ) async throws(StoreError) {
        let reason = (error ?? problem)?.storable()
        let rows = try await database.query(
            "recordLook",
            """
            WITH old AS (SELECT id, look_error FROM repo WHERE id = \(repo) FOR NO KEY UPDATE)
            UPDATE repo r SET looked_at = greatest(r.looked_at, \(startedAt)), look_error = \(reason),
                moved_at = CASE WHEN \(hasMoved) THEN now() ELSE r.moved_at END,
                announced_moves = CASE
                    WHEN NOT \(hasMoved) THEN r.announced_moves
                    WHEN \(RepoActivity.announcedAt) > coalesce(r.looked_at, '-infinity') THEN least(r.announced_moves, 1000) + 1
                    ELSE 0
                END
            FROM old WHERE r.id = old.id RETURNING old.look_error AS look_error
            """)
        guard let row = rows.first else {
            throw StoreError(.notFound, "recordLook", subject: repo.description, "there is no such repo")
        }
        let before: String? = try row.value("look_error")
        guard before != reason else { return }
        if let reason {
            record(NewEvent(error == nil ? "repo.limited" : "repo.unreachable", reason, repo: repo))
        } else {
            record(NewEvent("repo.reachable", "the repository can be read, and all of it is looked at", repo: repo))
        }
    }

    /// Takes the hint that a push came: the repo is looked at at once, and less often on suspicion while every push is
    /// announced so.
    public func announcePush(_ repo: RepoID) async throws(StoreError) {
        try await database.execute("announcePush", "UPDATE repo SET announced_at = now() WHERE id = \(repo)")
        enqueue(.source, [repo])
    }

    /// Notes that a ref is gone; what it brought stays as it is.
    public func recordRefDeleted(_ repo: RepoID, _ ref: RefName) async throws(StoreError) {
        let changed = try await database.execute(
            "recordRefDeleted",
            """
            UPDATE ref_tip SET commit = NULL WHERE repo_id = \(repo) AND ref = \(ref) AND commit IS NOT NULL
            """)
        if changed > 0 {
            record(NewEvent("ref.deleted", "\(ref) was deleted", repo: repo, data: ["ref": .string(ref.rawValue)]))
        }
    }
}
