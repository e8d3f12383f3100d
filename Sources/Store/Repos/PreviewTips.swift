import Model

/// The previews of a repo, as a look at its remote needs to know them.
public struct PreviewTips: Sendable {
    /// The preview of each branch that has one, and where that branch was last delivered.
    public var previews: [RefName: (id: RepoID, tip: RefTip)]
    /// The patterns that a look has met: a branch that comes after that is new.
    public var seen: [RefPattern]

    /// Makes a value from its parts.
    public init(previews: [RefName: (id: RepoID, tip: RefTip)] = [:], seen: [RefPattern] = []) {
        self.previews = previews
        self.seen = seen
    }

    /// Where each branch with a preview was last delivered.
    public var tips: [RefName: RefTip] { previews.mapValues(\.tip) }
}

extension StateStore {
    /// The previews that a repo has.
    public func previewTips(_ repo: RepoID) async throws(StoreError) -> PreviewTips {
        let rows = try await database.query(
            "previewTips",
            """
            SELECT v.id, v.preview_ref, t.commit, coalesce(t.sequence, 0) AS sequence
            FROM repo v LEFT JOIN ref_tip t ON t.repo_id = v.id AND t.ref = v.preview_ref
            WHERE v.parent_id = \(repo) AND v.removed_at IS NULL
            """)
        var tips = PreviewTips(
            seen: try await database.query(
                "previewTips", "SELECT unnest(previews_seen) FROM repo WHERE id = \(repo)"
            ).values())
        for row in rows {
            let tip = RefTip(commit: try row.value("commit"), sequence: try row.value("sequence"))
            tips.previews[try row.value("preview_ref")] = (try row.value("id"), tip)
        }
        return tips
    }
}
