import Foundation
import Model
import Store

/// A delivered ref with another tip than the one that is recorded.
struct SourceArrival: Equatable {
    let ref: RefName
    let commit: CommitID
    /// When the tip was committed.
    let committedAt: Date

    /// The arrivals to deliver, in the order in which they are, and those to be recorded only.
    ///
    /// The newest commit comes last, so that its Builds have the greatest numbers. A pattern may mean hundreds of old
    /// branches and tags: of the refs of one that is new, only that with the newest commit is delivered, and the others
    /// when they move.
    static func arrange(
        _ arrivals: [SourceArrival], refs: [RefPattern], known: [RefName: RefTip]
    ) -> (delivered: [SourceArrival], seen: [SourceArrival]) {
        arrange(arrivals, refs: refs) { pattern in known.keys.contains(where: pattern.fits) }
    }

    /// The same with another way to tell which patterns are not new.
    static func arrange(
        _ arrivals: [SourceArrival], refs: [RefPattern], isKnown: (RefPattern) -> Bool
    ) -> (delivered: [SourceArrival], seen: [SourceArrival]) {
        let ordered = arrivals.sorted { ($0.committedAt, $0.ref) < ($1.committedAt, $1.ref) }
        let settled = refs.filter { $0.isExact || isKnown($0) }
        var isWanted = Dictionary(
            uniqueKeysWithValues: ordered.map { arrival in
                (arrival.ref, refs.isEmpty || settled.contains { $0.fits(arrival.ref) })
            })
        for pattern in refs where !settled.contains(pattern) {
            if let newest = ordered.last(where: { pattern.fits($0.ref) }) { isWanted[newest.ref] = true }
        }
        return (ordered.filter { isWanted[$0.ref] == true }, ordered.filter { isWanted[$0.ref] != true })
    }
}
