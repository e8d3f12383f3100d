import Git
import Model
import Repositories
import Store

extension SourceLook {
    /// Adds what happened to branches with previews, and to those that get one.
    func addPreviewMoves(
        _ plan: SourcePlan, _ tips: RemoteTips, _ history: SourceHistory, to findings: inout Findings,
        _ held: inout HeldRefs
    ) async throws {
        guard let rule = repo.preview else { return }
        let arrivals = try await arrivals(plan.movedPreviews, tips, history, &held).commits
        let (new, seen) = SourceArrival.arrange(
            arrivals.filter { previews.previews[$0.ref] == nil }, refs: rule.refs,
            isKnown: { previews.seen.contains($0) })
        let room = max(0, PreviewRule.previewsMax - previews.previews.count + plan.endedPreviews.count)
        if let first = new.dropFirst(room).first {
            let others = new.count - room - 1
            findings.problems.append(
                """
                no preview for \(first.ref.branch)\(others > 0 ? " and \(others) more" : ""): the repository has \
                \(PreviewRule.previewsMax) already. Delete branches that are done, or narrow the patterns with \
                'ocuroot repo set --preview'
                """)
        }
        findings.moves += seen.map { .seen($0.ref, $0.commit) }
        let readable = tips.refs.keys.filter { role(of: $0, tips) == .delivered && held[$0] == nil }
        let delivered = readable.sorted().compactMap(tips.commit(of:))
        for arrival in arrivals.filter({ previews.previews[$0.ref] != nil }) + new.prefix(room) {
            let tip = previews.previews[arrival.ref]?.tip
            do {
                findings.moves.append(
                    .preview(
                        try await history.change(
                            of: arrival.ref, expected: tip?.commit, from: (tip ?? known[arrival.ref])?.commit,
                            to: arrival.commit, besides: others(of: arrival.ref, delivered), in: repo.id)))
            } catch let error as GitError where error.mayBeOfOneRef {
                held[arrival.ref] = error
            }
        }
    }

    /// The commits whose history a branch with a preview did not bring: those of all other refs, also as they are now,
    /// so that a merge brings only what the branch itself says.
    ///
    /// - Parameter delivered: where the delivered refs are now, as far as that can be read.
    private func others(of ref: RefName, _ delivered: [CommitID]) -> [CommitID] {
        var seen: Set<CommitID> = []
        return (Self.sorted(recorded.filter { $0.key != ref }) + delivered).filter { seen.insert($0).inserted }
    }
}
