import Git
import Model
import Repositories
import Store

/// One look at a repo's remote: what is recorded, and what happened since.
struct SourceLook: Sendable {
    let repo: Repo
    let known: [RefName: RefTip]
    let previews: PreviewTips

    /// What a look found.
    struct Findings: Sendable {
        /// What happened to refs since the last one.
        var moves: [SourceMove] = []
        /// The branch that HEAD names.
        var defaultRef: RefName?
        /// What is not well all the same; nil for nothing.
        var problem: String?
    }

    /// The plan for some tips of the remote.
    func plan(_ tips: RemoteTips) throws(GitError) -> SourcePlan {
        try SourcePlan.make(
            tips: tips, known: known, refs: repo.refs, url: repo.url, rule: repo.preview, previews: previews.tips)
    }

    /// Lists the remote's refs, and fetches what moved.
    func findings(_ repositories: RepositorySet) async throws -> Findings {
        let mirror = try await repositories.mirror(of: repo.id, url: repo.url)
        let tips = try await mirror.remoteTips()
        var plan = try plan(tips)
        let unmoved = SourcePlan.unmoved(tips: tips, known: recorded)
        let lacking = try await mirror.lacking(Set(unmoved.values))
        let lost = unmoved.filter { lacking.contains($0.value) }.keys
        let moved = plan.moved + plan.movedPreviews
        guard !moved.isEmpty || !lost.isEmpty else { return ends(plan, tips) }
        // The refs may have moved again since; what the fetch brought is what counts.
        let report = try await mirror.fetch(RefSelection(refs: moved + lost))
        plan = try self.plan(report.tips)
        var findings = ends(plan, report.tips)
        let commits = (plan.moved + plan.movedPreviews).compactMap(report.tips.commit(of:))
        let reader = try await repositories.reader(of: repo.id, url: repo.url, needing: commits)
        let history = SourceHistory(reader: reader)
        findings.moves += try await deliveredMoves(plan.moved, report.tips, history)
        try await addPreviewMoves(plan, report.tips, history, to: &findings)
        return findings
    }

    /// What a plan says of refs and previews that are gone.
    private func ends(_ plan: SourcePlan, _ tips: RemoteTips) -> Findings {
        let ended = plan.endedPreviews.compactMap { ref in
            previews.previews[ref].map { preview in
                let reason = tips.refs[ref] == nil ? "was deleted" : "has no preview any more"
                return SourceMove.previewEnded(preview.id, reason: "branch \(ref.branch) \(reason)")
            }
        }
        return Findings(
            moves: ended + plan.deleted.map(SourceMove.deleted), defaultRef: SourcePlan.defaultRef(tips),
            problem: plan.problem)
    }

    private func deliveredMoves(
        _ moved: [RefName], _ tips: RemoteTips, _ history: SourceHistory
    ) async throws -> [SourceMove] {
        let (arrivals, others) = try await history.arrivals(Self.commits(moved, tips))
        if let named = others.first(where: { isNamed($0.ref) }) { throw notCommit(named.ref) }
        let (delivered, seen) = SourceArrival.arrange(arrivals, refs: repo.refs, known: known)
        var moves = seen.map { SourceMove.seen($0.ref, $0.commit) }
        moves += others.map { SourceMove.passedOver($0.ref, $0.commit) }
        // What a branch with a preview says counts here, too, once it is merged.
        let lasting = known.filter { role(of: $0.key, tips) != .preview }
        for arrival in delivered {
            let others = lasting.filter { $0.key != arrival.ref }
            let base = known[arrival.ref]?.commit
            moves.append(
                .moved(
                    try await history.change(
                        of: arrival.ref, expected: base, from: base, to: arrival.commit, besides: Self.sorted(others),
                        in: repo.id)))
        }
        return moves
    }

    private func addPreviewMoves(
        _ plan: SourcePlan, _ tips: RemoteTips, _ history: SourceHistory, to findings: inout Findings
    ) async throws {
        guard let rule = repo.preview else { return }
        let arrivals = try await history.arrivals(Self.commits(plan.movedPreviews, tips)).commits
        let (new, seen) = SourceArrival.arrange(
            arrivals.filter { previews.previews[$0.ref] == nil }, refs: rule.refs,
            isKnown: { previews.seen.contains($0) })
        let room = max(0, PreviewRule.previewsMax - previews.previews.count + plan.endedPreviews.count)
        if let first = new.dropFirst(room).first {
            let others = new.count - room - 1
            findings.problem = """
                no preview for \(first.ref.branch)\(others > 0 ? " and \(others) more" : ""): the repository has \
                \(PreviewRule.previewsMax) already. Delete branches that are done, or narrow the patterns with \
                'ocuroot repo set --preview'
                """
        }
        findings.moves += seen.map { .seen($0.ref, $0.commit) }
        let delivered = tips.refs.keys.filter { role(of: $0, tips) == .delivered }.sorted()
            .compactMap(tips.commit(of:))
        for arrival in arrivals.filter({ previews.previews[$0.ref] != nil }) + new.prefix(room) {
            let tip = previews.previews[arrival.ref]?.tip
            findings.moves.append(
                .preview(
                    try await history.change(
                        of: arrival.ref, expected: tip?.commit, from: (tip ?? known[arrival.ref])?.commit,
                        to: arrival.commit, besides: others(of: arrival.ref, delivered), in: repo.id)))
        }
    }

    /// The commits whose history a branch with a preview did not bring: those of all other refs, also as they are now,
    /// so that a merge brings only what the branch itself says.
    ///
    /// - Parameter delivered: where the delivered refs are now.
    private func others(of ref: RefName, _ delivered: [CommitID]) -> [CommitID] {
        var seen: Set<CommitID> = []
        return (Self.sorted(recorded.filter { $0.key != ref }) + delivered).filter { seen.insert($0).inserted }
    }

    /// The recorded tips, of branches with previews those of these.
    private var recorded: [RefName: RefTip] { known.merging(previews.tips) { $1 } }

    /// Whether a ref is delivered by its name, and not since a pattern fits it.
    private func isNamed(_ ref: RefName) -> Bool {
        repo.refs.isEmpty || repo.refs.contains { $0.isExact && $0.fits(ref) }
    }

    private func notCommit(_ ref: RefName) -> GitError {
        GitError(
            .wrongKind, operation: "look at", subject: RepoURL.withoutPassword(repo.url),
            cause: "\(ref) is no commit, and leads to none",
            hint: "let it name a commit, or deliver another ref with 'ocuroot repo set --ref'")
    }

    private func role(of ref: RefName, _ tips: RemoteTips) -> RefRole {
        RefRole(of: ref, refs: repo.refs, defaultRef: SourcePlan.defaultRef(tips), previews: repo.preview)
    }

    private static func commits(_ refs: [RefName], _ tips: RemoteTips) -> [(ref: RefName, commit: CommitID)] {
        refs.compactMap { ref in tips.commit(of: ref).map { (ref, $0) } }
    }

    private static func sorted(_ tips: [RefName: RefTip]) -> [CommitID] {
        tips.sorted { $0.key < $1.key }.compactMap(\.value.commit)
    }
}
