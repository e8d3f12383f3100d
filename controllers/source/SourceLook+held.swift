import Git
import Model
import Repositories

extension SourceLook {
    /// Why pushes to refs that no others wait for cannot be read.
    typealias HeldRefs = [RefName: GitError]

    /// Whether a ref that cannot be read is held up alone: one that is not delivered by its name.
    func mayBeHeld(_ ref: RefName, _ tips: RemoteTips) -> Bool {
        role(of: ref, tips) == .preview || !isNamed(ref)
    }

    /// What is not well with refs that are held up.
    func problems(_ held: HeldRefs, _ tips: RemoteTips) -> [String] {
        let previews = held.filter { role(of: $0.key, tips) == .preview }
        let delivered = held.filter { previews[$0.key] == nil }
        return [Self.problem("delivery", delivered), Self.problem("preview", previews)].compactMap { $0 }
    }

    private static func problem(_ what: String, _ held: HeldRefs) -> String? {
        guard let first = held.min(by: { $0.key < $1.key }) else { return nil }
        let others = held.count > 1 ? " and \(held.count - 1) more are" : " is"
        return "the \(what) of \(first.key.branch)\(others) held up: \(first.value)"
    }

    /// Fetches refs; those that cannot be had are held up where they may be.
    ///
    /// - Throws: what fetching throws that concerns all of them, or a ref that is delivered by its name.
    func fetch(_ refs: [RefName], _ mirror: Mirror) async throws -> (report: FetchReport, held: HeldRefs) {
        let report = try await mirror.fetch(RefSelection(refs: refs), isPartial: true)
        let held = held(report.failures, of: refs, report.tips)
        let needed = report.failures.keys.filter { held[$0] == nil }
        // Each may be told to have failed since another did.
        if !needed.isEmpty { _ = try await mirror.fetch(RefSelection(refs: needed.sorted())) }
        return (report, held)
    }

    /// Those among refs that could not be fetched for which no others wait.
    ///
    /// A host that breaks off whatever is asked for is an error of the look, which is tried again with pauses.
    func held(_ failures: [RefName: GitError], of refs: [RefName], _ tips: RemoteTips) -> HeldRefs {
        let isAway = failures.count == refs.count && failures.values.allSatisfy { $0.code == .unreachable }
        return failures.filter { isAway ? role(of: $0.key, tips) == .preview : mayBeHeld($0.key, tips) }
    }

    /// The tips of refs that are there, those that are no commits apart; those that cannot be read are held up.
    ///
    /// - Throws: what reading throws that concerns all of them, or a ref that is delivered by its name.
    func arrivals(
        _ refs: [RefName], _ remote: RemoteTips, _ history: SourceHistory, _ held: inout HeldRefs
    ) async throws -> SourceHistory.Arrivals {
        let tips = Self.commits(refs, remote)
        do {
            return try await history.arrivals(tips)
        } catch let error as GitError where error.mayBeOfOneRef {
            var all: SourceHistory.Arrivals = ([], [])
            for tip in tips {
                do {
                    let found = try await history.arrivals([tip])
                    all = (all.commits + found.commits, all.others + found.others)
                } catch let error as GitError where error.mayBeOfOneRef && mayBeHeld(tip.ref, remote) {
                    held[tip.ref] = error
                }
            }
            return all
        }
    }
}
