import Dispatch
import Foundation
import Synchronization

/// Ctrl-C while something runs: noted, and passed on.
final class Interrupts: Sendable {
    private let flag = Atomic<Bool>(false)

    /// Whether one came since this was last set to false.
    var isGiven: Bool {
        get { flag.load(ordering: .relaxed) }
        set { flag.store(newValue, ordering: .relaxed) }
    }

    /// Calls `body` at each, on a thread of its own choice, until cancelled; the process no longer ends by it.
    func watch(_ body: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler { [self] in
            isGiven = true
            body()
        }
        source.resume()
        return source
    }
}
