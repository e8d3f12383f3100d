import Synchronization

/// How many bytes of bodies may be in memory at once, over all requests that share it.
final class ByteBudget: Sendable {
    private let bytesMax: Int
    private let used = Mutex(0)

    init(_ bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    /// Whether so many more fit; if so, they count until they are given back.
    func take(_ count: Int) -> Bool {
        used.withLock { used in
            guard used + count <= bytesMax else { return false }
            used += count
            return true
        }
    }

    /// Gives bytes back.
    func giveBack(_ count: Int) {
        used.withLock { $0 -= count }
    }
}
