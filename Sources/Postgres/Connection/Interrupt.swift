import Foundation
import Synchronization

/// Wakes a thread that waits for the server, because a statement was cancelled or the connection is to close.
final class Interrupt: Sendable {
    /// Names one statement, so that a late cancellation does not hit the next one.
    struct Token: Sendable, Equatable {
        fileprivate let number: UInt64
    }

    private struct State {
        var issued: UInt64 = 0
        var running: Token?
        var isCancelled = false
        var isClosed = false
        var hasSignal = false
    }

    private let state = Mutex(State())
    private let readEnd: Int32
    private let writeEnd: Int32

    init(at site: CallSite) throws(PostgresError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw PostgresError(.connection, "connect", "no pipe: \(String(cString: strerror(errno)))", at: site)
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
        _ = fcntl(readEnd, F_SETFD, FD_CLOEXEC)
        _ = fcntl(writeEnd, F_SETFD, FD_CLOEXEC)
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Becomes readable when the waiting thread is to look.
    var descriptor: Int32 { readEnd }

    var isCancelled: Bool { state.withLock(\.isCancelled) }
    var isClosed: Bool { state.withLock(\.isClosed) }

    func issue() -> Token {
        state.withLock { state in
            state.issued += 1
            return Token(number: state.issued)
        }
    }

    /// From here on ``cancel(_:)`` with this token wakes the waiting thread.
    func begin(_ token: Token?) {
        state.withLock { state in
            state.running = token
            state.isCancelled = false
        }
    }

    func end() {
        state.withLock { state in
            state.running = nil
            state.isCancelled = false
            drain(&state)
        }
    }

    func cancel(_ token: Token) {
        state.withLock { state in
            guard state.running == token else { return }
            state.isCancelled = true
            signal(&state)
        }
    }

    /// Wakes the waiting thread now and at every wait to come.
    func closeForGood() {
        state.withLock { state in
            state.isClosed = true
            signal(&state)
        }
    }

    /// Takes the signal back after a wake-up, so that the next wait sleeps again.
    func acknowledge() {
        state.withLock { drain(&$0) }
    }

    private func signal(_ state: inout State) {
        guard !state.hasSignal else { return }
        state.hasSignal = true
        var byte: UInt8 = 1
        _ = write(writeEnd, &byte, 1)
    }

    private func drain(_ state: inout State) {
        guard state.hasSignal, !state.isClosed else { return }
        state.hasSignal = false
        var byte: UInt8 = 0
        _ = read(readEnd, &byte, 1)
    }
}
