import Synchronization

/// Set once, when a process begins to shut down.
final class StopFlag: Sendable {
    private let flag = Atomic(false)

    /// Whether it was set.
    var isSet: Bool { flag.load(ordering: .acquiring) }

    /// Sets it, for good.
    func set() {
        flag.store(true, ordering: .releasing)
    }
}
