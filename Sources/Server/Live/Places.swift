import Synchronization

/// A bounded number of places, each taken until its last holder lets go of it.
final class Places: Sendable {
    /// One place; dropping it gives it back.
    final class Place: Sendable {
        private let places: Places

        fileprivate init(_ places: Places) {
            self.places = places
        }

        deinit { places.free.add(1, ordering: .relaxed) }
    }

    private let free: Atomic<Int>

    /// Makes `count` places.
    init(_ count: Int) {
        free = Atomic(count)
    }

    /// Takes a place; nil when all are taken.
    func take() -> Place? {
        var count = free.load(ordering: .relaxed)
        while count > 0 {
            let (isExchanged, now) = free.compareExchange(
                expected: count, desired: count - 1, ordering: .relaxed)
            if isExchanged { return Place(self) }
            count = now
        }
        return nil
    }
}
