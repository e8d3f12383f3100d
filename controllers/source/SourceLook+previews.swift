import Git
import Model
import Repositories
import Store

extension SourceLook {
    /// Why pushes to branches that have or get a preview cannot be read: neither main nor other previews wait for them.
    typealias HeldPreviews = [RefName: GitError]

    /// What is not well with those that are held up; nil when none is.
    static func problem(_ held: HeldPreviews) -> String? {
        guard let first = held.min(by: { $0.key < $1.key }) else { return nil }
        let others = held.count > 1 ? " and \(held.count - 1) more are" : " is"
        return "the preview of \(first.key.branch)\(others) held up: \(first.value)"
    }

    /// Fetches refs; those of previews that cannot be had are held up.
    ///
    /// - Throws: what fetching throws that concerns all of them, or a ref that is delivered.
    func fetch(_ refs: [RefName], _ mirror: Mirror) async throws -> (report: FetchReport, held: HeldPreviews) {
        let report = try await mirror.fetch(RefSelection(refs: refs), isPartial: true)
        let needed = report.failures.keys.filter { role(of: $0, report.tips) != .preview }
        // Each may be told to have failed since another did.
        if !needed.isEmpty { _ = try await mirror.fetch(RefSelection(refs: needed.sorted())) }
        return (report, report.failures.filter { !needed.contains($0.key) })
    }

    /// Adds what happened to branches with previews, and to those that get one.
    func addPreviewMoves(
        _ plan: SourcePlan, _ tips: RemoteTips, _ history: SourceHistory, to findings: inout Findings,
        _ held: inout HeldPreviews
    ) async throws {
        guard let rule = repo.preview else { return }
        let arrivals = try await arrivals(Self.commits(plan.movedPreviews, tips), history, &held)
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
        let delivered = tips.refs.keys.filter { role(of: $0, tips) == .delivered }.sorted()
            .compactMap(tips.commit(of:))
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
    /// - Parameter delivered: where the delivered refs are now.
    private func others(of ref: RefName, _ delivered: [CommitID]) -> [CommitID] {
        var seen: Set<CommitID> = []
        return (Self.sorted(recorded.filter { $0.key != ref }) + delivered).filter { seen.insert($0).inserted }
    }

    /// The tips that are commits; those that cannot be read are held up.
    private func arrivals(
        _ tips: [(ref: RefName, commit: CommitID)], _ history: SourceHistory, _ held: inout HeldPreviews
    ) async throws -> [SourceArrival] {
        do {
            return try await history.arrivals(tips).commits
        } catch let error as GitError where error.mayBeOfOneRef {
            var arrivals: [SourceArrival] = []
            for tip in tips {
                do {
                    arrivals += try await history.arrivals([tip]).commits
                } catch let error as GitError where error.mayBeOfOneRef {
                    held[tip.ref] = error
                }
            }
            return arrivals
        }
    }
}
