import Synchronization

/// How many bytes of bodies may be in memory at once, over all requests that share it.
///
/// One source has a quarter of it at most, so that whoever sends slowly from one address keeps nobody else out.
final class ByteBudget: Sendable {
    private struct Use {
        var total = 0
        /// By source; those that use nothing are not among them.
        var bySource: [String: Int] = [:]
    }

    private let bytesMax: Int
    private let used = Mutex(Use())

    init(_ bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    /// Whether so many more fit; if so, they count until they are given back.
    func take(_ count: Int, for source: String) -> Bool {
        used.withLock { used in
            let own = used.bySource[source, default: 0]
            guard used.total + count <= bytesMax, own + count <= bytesMax / 4 else { return false }
            used.total += count
            used.bySource[source] = own + count
            return true
        }
    }

    /// Gives bytes back.
    func giveBack(_ count: Int, of source: String) {
        used.withLock { used in
            used.total -= count
            let own = used.bySource[source, default: 0] - count
            used.bySource[source] = own > 0 ? own : nil
        }
    }
}
