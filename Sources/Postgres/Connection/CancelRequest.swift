import CLibPQ
import Dispatch

/// Asks the server to cancel what a connection runs, over a connection of its own.
///
/// `@unchecked Sendable`: the pointer is used by the one call of ``send(within:)``, and freed when nobody holds the
/// request any more. See https://www.postgresql.org/docs/15/libpq-cancel.html.
final class CancelRequest: @unchecked Sendable {
    private let pointer: OpaquePointer

    init?(for connection: OpaquePointer) {
        guard let pointer = PQgetCancel(connection) else { return nil }
        self.pointer = pointer
    }

    deinit {
        PQfreeCancel(pointer)
    }

    /// Sends the request, blocking the calling thread; returns whether the server took it or refused it in time.
    ///
    /// What comes of it shows in the results of the connection. libpq waits without end for a server that accepts the
    /// connection and does nothing, so it waits on a thread of its own, which ends when the server or its host does.
    func send(within limit: Duration) -> Bool {
        let isDone = DispatchSemaphore(value: 0)
        DispatchQueue(label: "ocuroot.postgres.cancel").async {
            var reason: [CChar] = Array(repeating: 0, count: 256)
            PQcancel(self.pointer, &reason, Int32(reason.count))
            isDone.signal()
        }
        let milliseconds = limit.components.seconds * 1_000 + limit.components.attoseconds / 1_000_000_000_000_000
        return isDone.wait(timeout: .now() + .milliseconds(Int(clamping: milliseconds))) == .success
    }
}
