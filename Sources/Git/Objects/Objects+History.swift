import CLibGit2
import Model

extension Objects {
    /// The commits that a ref's move from `old` to `new` brought, parents before children.
    ///
    /// Commits of merged branches are included. After a force-push they are those since the merge base.
    ///
    /// - Parameters:
    ///   - old: the tip before; nil for a new ref, for which the newest commits of its history are returned.
    ///   - new: the tip now.
    ///   - others: commits whose history the move does not bring, such as the tips of other refs.
    ///   - commitsMax: the bound; the newest are kept.
    /// - Throws: `missingObject` if either tip or anything between them is not in the repository, `corrupted`.
    public func history(
        from old: CommitID?, to new: CommitID, besides others: [CommitID] = [], commitsMax: Int
    ) throws(GitError) -> History {
        let walk = try Handle(git_revwalk_free, "walk history", new.hex) { git_revwalk_new(&$0, repository) }
        var tip = try commitID(new)
        let hidden = (old.map { [$0] } ?? []) + others
        git_revwalk_sorting(walk.pointer, hidden.isEmpty ? GIT_SORT_TIME.rawValue : topological)
        try check(git_revwalk_push(walk.pointer, &tip), "walk history", new.hex)
        for commit in hidden {
            var id = try commitID(commit)
            try check(git_revwalk_hide(walk.pointer, &id), "walk history", commit.hex)
        }
        var mergeBase: CommitID?
        if let old { mergeBase = try self.mergeBase(old, new) }
        var newestFirst: [Commit] = []
        var isTruncated = false
        var id = git_oid()
        while true {
            let code = git_revwalk_next(&id, walk.pointer)
            if code == GIT_ITEROVER.rawValue { break }
            try check(code, "walk history", new.hex)
            guard newestFirst.count < commitsMax else {
                isTruncated = true
                break
            }
            newestFirst.append(try commit(RawID(id)))
        }
        return History(
            commits: newestFirst.reversed(), isTruncated: isTruncated,
            isRewritten: old != nil && mergeBase != old, mergeBase: mergeBase)
    }

    /// Whether `ancestor` is `descendant` or part of its history.
    ///
    /// - Throws: `missingObject`, `corrupted`.
    public func isAncestor(_ ancestor: CommitID, of descendant: CommitID) throws(GitError) -> Bool {
        var old = try commitID(ancestor)
        var new = try commitID(descendant)
        if ancestor == descendant { return true }
        let answer = git_graph_descendant_of(repository, &new, &old)
        try check(answer, "compare history of", descendant.hex)
        return answer == 1
    }

    /// The newest commit that both have in their history; nil if they share none.
    ///
    /// - Throws: `missingObject`, `corrupted`.
    public func mergeBase(_ left: CommitID, _ right: CommitID) throws(GitError) -> CommitID? {
        var one = try commitID(left)
        var two = try commitID(right)
        var base = git_oid()
        let code = git_merge_base(&base, repository, &one, &two)
        if code == GIT_ENOTFOUND.rawValue { return nil }
        try check(code, "find merge base of", "\(left.short) and \(right.short)")
        return CommitID(RawID(base).object)
    }

    private var topological: UInt32 { GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_TIME.rawValue }

    /// The id of a commit that is known to be there, so that a walk never mistakes "missing" for "unrelated".
    private func commitID(_ id: CommitID) throws(GitError) -> git_oid {
        let raw = try RawID(id.object, "read commit")
        guard contains(id.object) else {
            throw GitError(
                .missingObject, operation: "read commit", subject: id.hex,
                cause: "\(path) does not hold it",
                hint: "it may have been removed from the remote by a force-push")
        }
        return raw.library
    }
}
