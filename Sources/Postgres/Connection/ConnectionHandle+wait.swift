import CLibPQ
import Foundation

extension ConnectionHandle {
    /// Why a wait for the server ended without all results.
    enum WaitFailure: Error {
        /// The connection broke; libpq's words.
        case broken(String)
        /// The connection is being closed by us.
        case closed
    }

    /// What ended a statement early.
    ///
    /// The server has confirmed it, so the connection goes on.
    enum Interruption {
        case cancelled
        case timeout
    }

    struct Outcome {
        var results: [OpaquePointer]
        var interruption: Interruption?
    }

    /// Waits for all results of what was sent, blocking the calling thread.
    ///
    /// When `deadline` passes or `interrupt` says so, the server is asked to cancel; its answer is awaited for
    /// `cancelTimeout`. The caller frees the results.
    func waitForResults(
        until deadline: ContinuousClock.Instant?,
        interrupt: Interrupt,
        cancelTimeout: Duration
    ) throws(WaitFailure) -> Outcome {
        var outcome = Outcome(results: [])
        var limit = deadline
        do throws(WaitFailure) {
            while true {
                let flushed = PQflush(pointer)
                guard flushed >= 0 else { throw WaitFailure.broken(message) }
                if flushed == 0, try collect(into: &outcome.results) { return outcome }
                let event = poll(interrupt, forWriting: flushed > 0, until: limit)
                if interrupt.isClosed {
                    // The server would run the statement to its end before it sees that nobody is there.
                    _ = CancelRequest(for: pointer)?.send(within: min(cancelTimeout, .seconds(1)))
                    throw WaitFailure.closed
                }
                switch event {
                case .server:
                    guard PQconsumeInput(pointer) == 1 else { throw WaitFailure.broken(message) }
                case .interrupt where interrupt.isCancelled && outcome.interruption == nil:
                    outcome.interruption = .cancelled
                case .interrupt:
                    continue
                case .timeout where outcome.interruption == nil:
                    outcome.interruption = .timeout
                case .timeout:
                    throw WaitFailure.broken("the server did not answer the cancellation in \(cancelTimeout)")
                }
                if event != .server {
                    guard CancelRequest(for: pointer)?.send(within: cancelTimeout) == true else {
                        throw WaitFailure.broken("the server did not take a cancellation in \(cancelTimeout)")
                    }
                    limit = .now + cancelTimeout
                }
            }
        } catch {
            outcome.results.forEach(PQclear)
            throw error
        }
    }

    /// Takes the results that are complete; returns whether the last one was among them.
    private func collect(into results: inout [OpaquePointer]) throws(WaitFailure) -> Bool {
        while PQisBusy(pointer) == 0 {
            guard let result = PQgetResult(pointer) else { return true }
            results.append(result)
            switch PQresultStatus(result) {
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: throw .broken("COPY is not supported")
            default: continue
            }
        }
        return false
    }

    private enum PollEvent {
        case server
        case interrupt
        case timeout
    }

    private func poll(
        _ interrupt: Interrupt,
        forWriting: Bool,
        until limit: ContinuousClock.Instant?
    ) -> PollEvent {
        let events = Int16(forWriting ? POLLIN | POLLOUT : POLLIN)
        var descriptors = [
            pollfd(fd: socket, events: events, revents: 0),
            pollfd(fd: interrupt.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let ready = Foundation.poll(&descriptors, 2, limit.map(milliseconds(until:)) ?? -1)
            if ready < 0, errno == EINTR { continue }
            if ready == 0, let limit, limit > .now { continue }
            if ready == 0 { return .timeout }
            if descriptors[1].revents != 0 {
                interrupt.acknowledge()
                return .interrupt
            }
            return .server
        }
    }

    private func milliseconds(until limit: ContinuousClock.Instant) -> Int32 {
        let (seconds, attoseconds) = (limit - .now).components
        let millisecondsMax: Int64 = 60_000
        guard seconds < millisecondsMax / 1_000 else { return Int32(millisecondsMax) }
        return Int32(max(0, seconds * 1_000 + attoseconds / 1_000_000_000_000_000 + 1))
    }
}
