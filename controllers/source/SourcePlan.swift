import Git
import Model
import Store

/// Which delivered refs moved, and which are gone: the pure heart of the Source controller.
struct SourcePlan: Equatable {
    /// The delivered refs whose remote tip is not the recorded one, sorted.
    var moved: [RefName]
    /// The recorded refs that the remote no longer has, or that are no longer delivered, sorted.
    var deleted: [RefName]

    /// Compares the remote's refs with those recorded.
    ///
    /// - Parameter refs: those that are delivered; empty means the branch that the remote's HEAD names, else `main`.
    /// - Throws: `emptyRepository` or `missingRef` when there is nothing to deliver and nothing was before.
    static func make(
        tips: RemoteTips, known: [RefName: RefTip], refs: [RefName], url: String
    ) throws(GitError) -> SourcePlan {
        let delivered = refs.isEmpty ? [defaultRef(tips)] : refs
        let recorded = known.filter { $0.value.commit != nil }
        if recorded.isEmpty, !delivered.contains(where: { tips.refs[$0] != nil }) {
            throw nothingToDeliver(tips, delivered, url)
        }
        let moved = delivered.filter { ref in
            tips.commit(of: ref).map { $0 != known[ref]?.commit } ?? false
        }
        let deleted = recorded.keys.filter { tips.refs[$0] == nil || !delivered.contains($0) }
        return SourcePlan(moved: moved.sorted(), deleted: deleted.sorted())
    }

    /// The recorded refs that the remote still has where they were recorded, each with its commit.
    ///
    /// The mirror must have these, too; one that was lost and made anew does not until they are fetched again.
    static func unmoved(tips: RemoteTips, known: [RefName: RefTip]) -> [RefName: CommitID] {
        known.compactMapValues(\.commit).filter { tips.commit(of: $0.key) == $0.value }
    }

    private static func defaultRef(_ tips: RemoteTips) -> RefName {
        guard let head = tips.head, tips.refs[head] != nil else { return "refs/heads/main" }
        return head
    }

    private static func nothingToDeliver(_ tips: RemoteTips, _ refs: [RefName], _ url: String) -> GitError {
        let names = refs.map(\.rawValue).joined(separator: ", ")
        guard !tips.isEmpty else {
            return GitError(
                .emptyRepository, operation: "look at", subject: RepoURL.withoutPassword(url),
                cause: "nothing has been pushed to it yet", hint: "push a commit with a repo.ocu.star to \(names)")
        }
        return GitError(
            .missingRef, operation: "look at", subject: RepoURL.withoutPassword(url),
            cause: "it has no \(names)", hint: "push that branch, or name another with 'ocuroot repo add --ref'")
    }
}
