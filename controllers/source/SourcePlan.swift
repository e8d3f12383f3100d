import Git
import Model
import Store

/// Which delivered refs and previews moved, and which are gone: the pure heart of the Source controller.
struct SourcePlan: Equatable {
    /// The delivered refs whose remote tip is not the recorded one, sorted.
    var moved: [RefName]
    /// The recorded refs that the remote no longer has, or that are no longer delivered, sorted.
    var deleted: [RefName]
    /// The branches with previews whose remote tip is not the recorded one, sorted.
    var movedPreviews: [RefName] = []
    /// The branches that have a preview and shall have none any more, sorted.
    var endedPreviews: [RefName] = []
    /// What is not well all the same: that nothing is delivered, or why branches that fit get no preview.
    var problems: [String] = []

    /// No repo delivers more refs at once.
    static let refsMax = 500
    /// When more branches fit the patterns of previews, only those that have one are followed.
    static let previewRefsMax = 2_000

    /// Compares the remote's refs with those recorded.
    ///
    /// - Parameters:
    ///   - known: the recorded tips; those of branches that may get a preview later among them.
    ///   - refs: those that are delivered; empty means the default branch.
    ///   - lastDefault: what HEAD named when it was last known.
    ///   - rule: which of the others get a preview.
    ///   - previews: the branches that have one, with the recorded tips.
    /// - Throws: `emptyRepository` or `missingRef` when there is nothing to deliver and nothing was before, or when
    ///   branches with previews are gone together with all that was recorded; `tooLarge` when the patterns mean more
    ///   than ``refsMax`` refs.
    static func make(
        tips: RemoteTips, known: [RefName: RefTip], refs: [RefPattern], url: String, lastDefault: RefName? = nil,
        rule: PreviewRule? = nil, previews: [RefName: RefTip] = [:]
    ) throws(GitError) -> SourcePlan {
        let head = defaultRef(tips, last: lastDefault)
        func role(_ ref: RefName) -> RefRole { RefRole(of: ref, refs: refs, defaultRef: head, previews: rule) }
        let roles = Dictionary(uniqueKeysWithValues: tips.refs.keys.map { ($0, role($0)) })
        let chosen = roles.filter { $0.value != .ignored }
        let recorded = known.filter { $0.value.commit != nil }
        let patterns = refs.isEmpty ? [RefPattern(head.rawValue)] : refs
        if recorded.isEmpty, previews.isEmpty, chosen.isEmpty {
            throw nothingToDeliver(tips, patterns + (rule?.refs ?? []), url)
        }
        let deliveredCount = chosen.count { $0.value == .delivered }
        guard deliveredCount <= refsMax else { throw tooMany(deliveredCount, patterns, url) }
        let previewCount = chosen.count - deliveredCount
        let ended = previews.keys.filter { roles[$0] != .preview }
        try refuseLoss(of: ended, tips, Array(recorded.keys) + previews.keys, url)
        let moved = chosen.filter { ref, role in
            if role == .preview, previewCount > previewRefsMax, previews[ref] == nil { return false }
            let tip = role == .preview ? previews[ref] ?? known[ref] : known[ref]
            return tips.commit(of: ref).map { $0 != tip?.commit } ?? false
        }
        let deleted = recorded.keys.filter { tips.refs[$0] == nil || roles[$0] == .ignored }
        return SourcePlan(
            moved: moved.filter { $0.value == .delivered }.keys.sorted(), deleted: deleted.sorted(),
            movedPreviews: moved.filter { $0.value == .preview }.keys.sorted(), endedPreviews: ended.sorted(),
            problems: [
                refs.isEmpty && tips.refs[head] == nil ? Self.noDefault(head, tips) : nil,
                previewCount > previewRefsMax ? Self.noNewPreviews(previewCount) : nil,
            ].compactMap { $0 })
    }

    /// The recorded refs that the remote still has where they were recorded, each with its commit.
    ///
    /// The mirror must have these, too; one that was lost and made anew does not until they are fetched again.
    static func unmoved(tips: RemoteTips, known: [RefName: RefTip]) -> [RefName: CommitID] {
        known.compactMapValues(\.commit).filter { tips.commit(of: $0.key) == $0.value }
    }

    /// The branch that a remote's HEAD names; while it names none that is there, the one that it named last, and `main`
    /// if it never did.
    ///
    /// Another branch in its place would end the preview that it may have.
    static func defaultRef(_ tips: RemoteTips, last: RefName?) -> RefName {
        guard let head = tips.head, tips.refs[head] != nil else { return last ?? "refs/heads/main" }
        return head
    }

    /// A remote that has lost all that it had is broken, or another one: what runs in previews is not destroyed for it.
    private static func refuseLoss(
        of ended: [RefName], _ tips: RemoteTips, _ recorded: [RefName], _ url: String
    ) throws(GitError) {
        guard let first = ended.sorted().first(where: { tips.refs[$0] == nil }),
            !recorded.contains(where: { tips.refs[$0] != nil }), tips.head.map({ tips.refs[$0] == nil }) ?? true
        else { return }
        throw GitError(
            tips.isEmpty ? .emptyRepository : .missingRef, operation: "look at", subject: RepoURL.withoutPassword(url),
            cause: "all that was known of it is gone, \(first) among it",
            hint: "previews stay as they are until the default branch or another known one is back; "
                + "'ocuroot repo set --no-preview' destroys them")
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

    private static func noDefault(_ ref: RefName, _ tips: RemoteTips) -> String {
        """
        nothing is delivered: \(ref), the default branch, is gone, and the remote's HEAD names \
        \(tips.head.map { "\($0), which is not there" } ?? "no branch"). Let HEAD name a branch, or name one with \
        'ocuroot repo set --ref'
        """
    }

    private static func noNewPreviews(_ count: Int) -> String {
        """
        no new previews: \(count) branches fit, and at most \(previewRefsMax) may. Delete branches that are done, or \
        narrow the patterns with 'ocuroot repo set --preview'
        """
    }

    private static func tooMany(_ count: Int, _ refs: [RefPattern], _ url: String) -> GitError {
        let names = refs.map(\.rawValue).joined(separator: ", ")
        return GitError(
            .tooLarge, operation: "look at", subject: RepoURL.withoutPassword(url),
            cause: "\(names) means \(count) refs, and at most \(refsMax) are delivered",
            hint: "narrow the patterns with 'ocuroot repo set --ref', or delete refs that are done")
    }
}
