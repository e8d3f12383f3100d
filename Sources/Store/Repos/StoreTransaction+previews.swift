import Cryptography
import Model
import Postgres

extension StoreTransaction {
    /// Changes which branches of a watched repo get an environment of their own, and has it looked at.
    ///
    /// The previews of branches that no longer do are destroyed; the others keep their environments, and are like what
    /// the rule says from their next push on.
    ///
    /// - Parameter rule: nil for no branch; must have no ``Model/PreviewRule/problem``.
    public func setPreviews(_ repo: RepoID, _ rule: PreviewRule?) async throws(StoreError) {
        try await lockDeliveries("setPreviews")
        guard let known = try await watched(repo), known.preview != rule else { return }
        try await write(rule, of: repo)
        enqueue(.source, [repo])
        let names = rule?.refs.map(\.rawValue) ?? []
        record(
            NewEvent(
                "repo.changed", names.isEmpty ? "has no previews" : "has previews of \(names.joined(separator: ", "))",
                repo: repo, data: ["previews": .array(names.map(JSONValue.string))]))
        try await endPreviews(of: repo)
        // What failed for want of the environment that previews are like may be delivered now.
        enqueue(.deliver, known.previews.map(\.id))
    }

    /// Records a Change of a branch that gets a preview, in that preview, which is made at its first Change.
    ///
    /// Must be the first that its transaction writes. Nil, and nothing written, when the branch is not at `expected`,
    /// or gets no preview any more. Throws ``StoreError/Code/conflict`` when the repo has as many as it may have.
    ///
    /// - Parameter change: one of the repo whose branch it is.
    @discardableResult
    public func recordPreviewChange(_ change: NewChange) async throws(StoreError) -> ChangeID? {
        try await lockDeliveries("recordPreviewChange")
        guard let parent = try await watched(change.repo), parent.role(of: change.ref) == .preview else { return nil }
        var change = change
        if let preview = parent.previews.first(where: { $0.ref == change.ref }) {
            change.repo = preview.id
        } else {
            guard change.expected == nil || change.patch != nil else { return nil }
            change.repo = try await addPreview(of: change.ref, in: parent)
        }
        guard let id = try await recordChange(change) else { return nil }
        // A patch moves no ref; that a look finds the branch where the patch lies on is no news.
        if change.patch != nil { try await recordRefSeen(change.repo, change.ref, at: change.commit) }
        return id
    }

    /// Ends a preview: what runs in its environment is destroyed, and the environment goes.
    ///
    /// Must be the first that its transaction writes. One that has ended already is left alone.
    public func endPreview(_ id: RepoID, because reason: String) async throws(StoreError) {
        try await lockDeliveries("endPreview")
        let rows = try await database.query(
            "endPreview",
            """
            UPDATE repo SET removed_at = now() WHERE id = \(id) AND parent_id IS NOT NULL AND removed_at IS NULL
            RETURNING parent_id, preview_ref, preview_environment
            """)
        guard let row = rows.first else { return }
        try await takeAway([id], .destroy, because: reason)
        let (parent, ref): (RepoID, RefName) = (try row.value("parent_id"), try row.value("preview_ref"))
        let environment: EnvironmentName = try row.value("preview_environment")
        record(
            NewEvent(
                "preview.removed", "the preview \(environment) goes: \(reason)", repo: parent,
                data: ["ref": .string(ref.rawValue), "environment": .string(environment.rawValue)]))
    }

    /// Notes which branch the remote's HEAD names, by which it is told what gets a preview.
    ///
    /// Must be the first that its transaction writes.
    public func recordDefaultRef(_ repo: RepoID, _ ref: RefName) async throws(StoreError) {
        let known = try await database.query(
            "recordDefaultRef", "SELECT 1 FROM repo WHERE id = \(repo) AND default_ref = \(ref)")
        guard known.isEmpty else { return }
        try await lockDeliveries("recordDefaultRef")
        try await database.execute("recordDefaultRef", "UPDATE repo SET default_ref = \(ref) WHERE id = \(repo)")
        if let known = try await watched(repo) { try await forgetSeen(known) }
    }

    /// Notes that a look has met these patterns of branches with previews.
    public func recordPreviewsSeen(_ repo: RepoID, _ refs: [RefPattern]) async throws(StoreError) {
        try await database.execute(
            "recordPreviewsSeen",
            """
            UPDATE repo r SET previews_seen = ARRAY(
                SELECT s.ref FROM unnest(\(refs)) AS s (ref) WHERE r.previews -> 'refs' ? s.ref
            )
            WHERE r.id = \(repo) AND NOT (r.previews_seen @> \(refs))
            """)
    }

    /// Ends the previews of branches that get none any more.
    func endPreviews(of repo: RepoID) async throws(StoreError) {
        guard let known = try await watched(repo) else { return }
        for preview in known.previews {
            switch known.role(of: preview.ref) {
            case .preview: continue
            case .delivered: try await endPreview(preview.id, because: "\(preview.ref.branch) is delivered itself now")
            case .ignored: try await endPreview(preview.id, because: "\(preview.ref.branch) has no preview any more")
            }
        }
        try await forgetSeen(known)
    }

    /// Forgets where refs are that were only seen and are delivered now, so that they are at the next look.
    private func forgetSeen(_ repo: Repo) async throws(StoreError) {
        let seen: [RefName] = try await database.query(
            "endPreviews",
            "SELECT ref FROM ref_tip WHERE repo_id = \(repo.id) AND sequence = 0 AND commit IS NOT NULL ORDER BY ref"
        ).values()
        let exact = seen.filter { ref in
            repo.refs.isEmpty ? ref == repo.defaultRef : repo.refs.contains { $0.isExact && $0.fits(ref) }
        }
        guard !exact.isEmpty else { return }
        try await database.execute(
            "endPreviews", "UPDATE ref_tip SET commit = NULL WHERE repo_id = \(repo.id) AND ref = ANY(\(exact))")
    }

    private func watched(_ repo: RepoID) async throws(StoreError) -> Repo? {
        let rows = try await database.query(
            "previews",
            "SELECT \(Repo.columns) FROM repo r WHERE r.id = \(repo) AND r.removed_at IS NULL AND r.parent_id IS NULL")
        return try rows.decode(Repo.init(row:)).first
    }

    private func write(_ rule: PreviewRule?, of repo: RepoID) async throws(StoreError) {
        guard let rule else {
            try await database.execute(
                "setPreviews", "UPDATE repo SET previews = NULL, previews_seen = '{}' WHERE id = \(repo)")
            return
        }
        try await database.execute(
            "setPreviews",
            """
            UPDATE repo SET previews = \(json: rule),
                previews_seen = ARRAY(SELECT s FROM unnest(previews_seen) AS s WHERE s = ANY(\(rule.refs)))
            WHERE id = \(repo)
            """)
    }

    private func addPreview(of ref: RefName, in parent: Repo) async throws(StoreError) -> RepoID {
        guard let rule = parent.preview else {
            throw StoreError(.conflict, "addPreview", subject: parent.id.description, "it has no previews")
        }
        guard parent.previews.count < PreviewRule.previewsMax else {
            throw StoreError(
                .conflict, "addPreview", subject: parent.displayName.rawValue,
                """
                \(ref.branch) gets no preview: the repository has \(PreviewRule.previewsMax) already. Delete branches \
                that are done, or narrow the patterns with 'ocuroot repo set --preview'
                """)
        }
        let environment = try await freeName(of: ref, rule, in: parent)
        let id: RepoID = try await database.query(
            "addPreview",
            """
            INSERT INTO repo (url, url_name, name, parent_id, preview_ref, preview_environment)
            SELECT url, url_name, name, id, \(ref), \(environment) FROM repo WHERE id = \(parent.id) RETURNING id
            """
        ).single("addPreview").value("id")
        record(
            NewEvent(
                "preview.added", "\(ref.branch) gets the environment \(environment)", repo: parent.id,
                data: [
                    "ref": .string(ref.rawValue), "environment": .string(environment.rawValue),
                    "preview": .string(id.description),
                ]))
        return id
    }

    /// The first name for the branch's environment that nothing else has, and under which nothing of a repo that is
    /// watched ever ran.
    private func freeName(
        of ref: RefName, _ rule: PreviewRule, in parent: Repo
    ) async throws(StoreError) -> EnvironmentName {
        let digest: String
        do {
            // Many repos may have branches of one name.
            digest = try SHA256.digest(of: "\(RepoURL.displayName(parent.url)) \(ref)").hex
        } catch {
            throw StoreError(.invalid, "addPreview", subject: ref.rawValue, "its digest cannot be made", cause: error)
        }
        let names = rule.names(for: ref, digest: digest)
        let free: [EnvironmentName] = try await database.query(
            "addPreview",
            """
            SELECT n.name FROM unnest(\(names)) WITH ORDINALITY AS n (name, position)
            WHERE NOT EXISTS (SELECT FROM repo v WHERE v.preview_environment = n.name AND v.removed_at IS NULL)
                AND NOT EXISTS (
                    SELECT FROM environment e WHERE e.name = n.name AND (e.removed_at IS NULL OR EXISTS (
                        SELECT FROM placement p JOIN package k ON k.id = p.package_id JOIN repo o ON o.id = k.repo_id
                        WHERE p.environment_id = e.id AND o.removed_at IS NULL
                    ))
                )
            ORDER BY n.position LIMIT 1
            """
        ).values()
        guard let name = free.first else {
            throw StoreError(
                .conflict, "addPreview", subject: parent.displayName.rawValue,
                "\(ref.branch) gets no preview: other environments have all of its names, such as \(names[0])")
        }
        return name
    }
}
