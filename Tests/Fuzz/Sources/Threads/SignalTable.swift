import Starlark
import Synchronization

/// The signals of the threads' calls, one after another.
///
/// All are made before the threads begin, and a relaxed number says which one is in use: whatever orders two threads
/// here would also order what they do to the shared module, and so hide from the sanitizer that nothing else does.
final class SignalTable: Sendable {
    static let count = 8
    /// Calls beyond these cannot be cancelled.
    private static let callsMax = 50_000

    private let signals: [[Cancellation]]
    private let positions: [Position]

    private final class Position: Sendable {
        let value = Atomic<Int>(0)
    }

    init() {
        signals = (0..<Self.count).map { _ in (0..<Self.callsMax).map { _ in Cancellation() } }
        positions = (0..<Self.count).map { _ in Position() }
    }

    /// The signal of a thread's next call; nil once all were used.
    func next(_ thread: Int) -> Cancellation? {
        let position = positions[thread].value.add(1, ordering: .relaxed).newValue
        return position < Self.callsMax ? signals[thread][position] : nil
    }

    /// Cancels a thread's present call.
    func cancel(_ thread: Int) {
        let position = positions[thread].value.load(ordering: .relaxed)
        if position < Self.callsMax { signals[thread][position].cancel() }
    }
}
