import CCurl
import Dispatch
import Glibc
import Synchronization

/// Stops one conversation with a remote from another thread: at its deadline, or when its task is cancelled.
///
/// libgit2 1.5 has no time-outs of its own, and its ssh library waits on the descriptor for ever. So the descriptor
/// is registered here, and stopping shuts it down, which ends every wait on it at once. libcurl is woken, and looks.
final class TransferControl: Sendable {
    /// Why a conversation was ended.
    enum StopReason: Sendable {
        case cancelled
        case timedOut
    }

    /// A multi handle of libcurl's that may be waiting.
    ///
    /// Unchecked because of the pointer: libcurl lets any thread wake it
    /// (<https://curl.se/libcurl/c/curl_multi_wakeup.html>), and it is woken only between attaching and detaching,
    /// under the lock.
    struct Waker: @unchecked Sendable {
        let multi: UnsafeMutableRawPointer
    }

    private struct State {
        var descriptor: Int32?
        var waker: Waker?
        var reason: StopReason?
    }

    private let state = Mutex(State())
    /// A queue of our own, whose thread no busy task of the program can take away.
    private static let alarms = DispatchQueue(label: "ocuroot.git.alarms")

    /// Why it was stopped; nil while it runs.
    var stopReason: StopReason? { state.withLock { $0.reason } }

    /// Ends the conversation; a second reason changes nothing.
    func stop(_ reason: StopReason) {
        state.withLock { state in
            guard state.reason == nil else { return }
            state.reason = reason
            if let descriptor = state.descriptor { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
            if let waker = state.waker { curl_multi_wakeup(waker.multi) }
        }
    }

    /// Registers what is to be woken when the conversation is stopped.
    func attach(waker: Waker) { state.withLock { $0.waker = waker } }

    /// Forgets it, before it goes away.
    func detachWaker() { state.withLock { $0.waker = nil } }

    /// Registers the connected descriptor; false if the conversation has been stopped already.
    func attach(_ descriptor: Int32) -> Bool {
        state.withLock { state in
            guard state.reason == nil else { return false }
            state.descriptor = descriptor
            return true
        }
    }

    /// Forgets the descriptor, and then closes it, so that a late stop never meets another file of that number.
    func detachAndClose(_ descriptor: Int32) -> Int32 {
        state.withLock { state in
            if state.descriptor == descriptor { state.descriptor = nil }
            return close(descriptor)
        }
    }

    /// Runs `body`, stopping the conversation if it takes longer than `timeout`.
    func within<Value>(
        _ timeout: Duration, _ body: () throws(GitError) -> Value
    ) throws(GitError) -> Value {
        let alarm = DispatchWorkItem { [self] in stop(.timedOut) }
        let (seconds, attoseconds) = timeout.components
        let nanoseconds = Int(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let wait = nanoseconds.overflow ? Int.max : nanoseconds.partialValue + Int(attoseconds / 1_000_000_000)
        Self.alarms.asyncAfter(deadline: .now() + .nanoseconds(wait), execute: alarm)
        defer { alarm.cancel() }
        return try body()
    }
}
