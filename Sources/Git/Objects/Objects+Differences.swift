import CLibGit2
import Model

extension Objects {
    /// The paths that differ between two trees, in git's order; equal subtrees are never opened.
    ///
    /// - Parameters:
    ///   - old: the tree before; nil means empty.
    ///   - new: the tree now; nil means empty.
    ///   - changesMax: the bound; more throw `tooLarge`.
    /// - Throws: `missingObject` if either tree or one below is not in the repository, `corrupted`, `tooLarge`.
    public func changes(
        from old: TreeID?, to new: TreeID?, changesMax: Int = 1_000_000
    ) throws(GitError) -> [PathChange] {
        var comparison = TreeComparison(objects: self, changesMax: changesMax)
        try comparison.compare(
            try old.map { tree throws(GitError) in try RawID(tree.object, "compare trees") },
            try new.map { tree throws(GitError) in try RawID(tree.object, "compare trees") },
            prefix: "", depth: 0)
        return comparison.changes
    }
}
