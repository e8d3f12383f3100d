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
        /// The default branch.
        var defaultRef: RefName?
        /// What is not well all the same.
        var problems: [String] = []
    }

    /// The plan for some tips of the remote.
    func plan(_ tips: RemoteTips) throws(GitError) -> SourcePlan {
        try SourcePlan.make(
            tips: tips, known: known, refs: repo.refs, url: repo.url, lastDefault: repo.defaultRef, rule: repo.preview,
            previews: previews.tips)
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
        var (report, held) = try await fetch(moved + lost, mirror)
        plan = try self.plan(report.tips)
        plan.moved.removeAll { held[$0] != nil }
        plan.movedPreviews.removeAll { held[$0] != nil }
        var findings = ends(plan, report.tips)
        let commits = (plan.moved + plan.movedPreviews).compactMap(report.tips.commit(of:))
        let reader = try await repositories.reader(of: repo.id, url: repo.url, needing: commits)
        let history = SourceHistory(reader: reader)
        findings.moves += try await deliveredMoves(plan.moved, report.tips, history, &held)
        try await addPreviewMoves(plan, report.tips, history, to: &findings, &held)
        findings.problems += problems(held, report.tips)
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
            moves: ended + plan.deleted.map(SourceMove.deleted), defaultRef: defaultRef(tips), problems: plan.problems)
    }

    private func deliveredMoves(
        _ moved: [RefName], _ tips: RemoteTips, _ history: SourceHistory, _ held: inout HeldRefs
    ) async throws -> [SourceMove] {
        let (arrivals, others) = try await arrivals(moved, tips, history, &held)
        if let named = others.first(where: { isNamed($0.ref) }) { throw notCommit(named.ref) }
        let (delivered, seen) = SourceArrival.arrange(arrivals, refs: repo.refs, known: known)
        var moves = seen.map { SourceMove.seen($0.ref, $0.commit) }
        moves += others.map { SourceMove.passedOver($0.ref, $0.commit) }
        // What a branch with a preview says counts here, too, once it is merged.
        let lasting = known.filter { role(of: $0.key, tips) != .preview }
        for arrival in delivered {
            let others = lasting.filter { $0.key != arrival.ref }
            let base = known[arrival.ref]?.commit
            do {
                moves.append(
                    .moved(
                        try await history.change(
                            of: arrival.ref, expected: base, from: base, to: arrival.commit,
                            besides: Self.sorted(others), in: repo.id)))
            } catch let error as GitError where error.mayBeOfOneRef && mayBeHeld(arrival.ref, tips) {
                held[arrival.ref] = error
            }
        }
        return moves
    }

    /// The recorded tips, of branches with previews those of these.
    var recorded: [RefName: RefTip] { known.merging(previews.tips) { $1 } }

    /// Whether a ref is delivered by its name, and not since a pattern fits it.
    func isNamed(_ ref: RefName) -> Bool {
        repo.refs.isEmpty || repo.refs.contains { $0.isExact && $0.fits(ref) }
    }

    private func notCommit(_ ref: RefName) -> GitError {
        GitError(
            .wrongKind, operation: "look at", subject: RepoURL.withoutPassword(repo.url),
            cause: "\(ref) is no commit, and leads to none",
            hint: "let it name a commit, or deliver another ref with 'ocuroot repo set --ref'")
    }

    private func defaultRef(_ tips: RemoteTips) -> RefName {
        SourcePlan.defaultRef(tips, last: repo.defaultRef)
    }

    /// What becomes of a ref's pushes.
    func role(of ref: RefName, _ tips: RemoteTips) -> RefRole {
        RefRole(of: ref, refs: repo.refs, defaultRef: defaultRef(tips), previews: repo.preview)
    }

    /// The refs with their tips, of those that are there.
    static func commits(_ refs: [RefName], _ tips: RemoteTips) -> [(ref: RefName, commit: CommitID)] {
        refs.compactMap { ref in tips.commit(of: ref).map { (ref, $0) } }
    }

    /// The commits of tips in the order of their refs.
    static func sorted(_ tips: [RefName: RefTip]) -> [CommitID] {
        tips.sorted { $0.key < $1.key }.compactMap(\.value.commit)
    }
}
