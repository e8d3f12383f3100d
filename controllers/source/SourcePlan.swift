import Git
import Model
import Store

/// Which delivered refs moved, and which are gone: the pure heart of the Source controller.
struct SourcePlan: Equatable {
    /// The delivered refs whose remote tip is not the recorded one, sorted.
    var moved: [RefName]
    /// The recorded refs that the remote no longer has, or that are no longer delivered, sorted.
    var deleted: [RefName]

    /// No repo delivers more refs at once.
    static let refsMax = 500

    /// Compares the remote's refs with those recorded.
    ///
    /// - Parameter refs: those that are delivered; empty means the branch that the remote's HEAD names, else `main`.
    /// - Throws: `emptyRepository` or `missingRef` when there is nothing to deliver and nothing was before, `tooLarge`
    ///   when the patterns mean more than ``refsMax`` refs.
    static func make(
        tips: RemoteTips, known: [RefName: RefTip], refs: [RefPattern], url: String
    ) throws(GitError) -> SourcePlan {
        let patterns = refs.isEmpty ? [RefPattern(defaultRef(tips).rawValue)] : refs
        let delivered = tips.refs.keys.filter { ref in patterns.contains { $0.fits(ref) } }
        let recorded = known.filter { $0.value.commit != nil }
        if recorded.isEmpty, delivered.isEmpty { throw nothingToDeliver(tips, patterns, url) }
        guard delivered.count <= refsMax else { throw tooMany(delivered.count, patterns, url) }
        let moved = delivered.filter { ref in
            tips.commit(of: ref).map { $0 != known[ref]?.commit } ?? false
        }
        let deleted = recorded.keys.filter { ref in
            tips.refs[ref] == nil || !patterns.contains { $0.fits(ref) }
        }
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

    private static func nothingToDeliver(_ tips: RemoteTips, _ refs: [RefPattern], _ url: String) -> GitError {
        let names = refs.map(\.rawValue).joined(separator: ", ")
        guard !tips.isEmpty else {
            return GitError(
                .emptyRepository, operation: "look at", subject: RepoURL.withoutPassword(url),
                cause: "nothing has been pushed to it yet", hint: "push a commit with a repo.ocu.star to \(names)")
        }
        return GitError(
            .missingRef, operation: "look at", subject: RepoURL.withoutPassword(url),
            cause: "it has no \(names)", hint: "push that branch, or name another with 'ocuroot repo set --ref'")
    }

    private static func tooMany(_ count: Int, _ refs: [RefPattern], _ url: String) -> GitError {
        let names = refs.map(\.rawValue).joined(separator: ", ")
        return GitError(
            .tooLarge, operation: "look at", subject: RepoURL.withoutPassword(url),
            cause: "\(names) means \(count) refs, and at most \(refsMax) are delivered",
            hint: "narrow the patterns with 'ocuroot repo set --ref', or delete refs that are done")
    }
}
