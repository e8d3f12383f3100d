import Synchronization

/// A number that tasks share.
final class Counter: Sendable {
    private let value = Atomic(0)

    var current: Int { value.load(ordering: .sequentiallyConsistent) }

    /// Adds one and returns the sum.
    func increment() -> Int {
        value.add(1, ordering: .sequentiallyConsistent).newValue
    }
}
