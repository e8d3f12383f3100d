import CLibPQ
import Foundation

extension ConnectionHandle {
    /// The next notification that has arrived, if there is one.
    ///
    /// See
    /// https://www.postgresql.org/docs/15/libpq-notify.html.
    func nextNotification() -> PostgresNotification? {
        guard let received = PQnotifies(pointer) else { return nil }
        defer { PQfreemem(received) }
        return PostgresNotification(
            channel: received.pointee.relname.map { String(cString: $0) } ?? "",
            payload: received.pointee.extra.map { String(cString: $0) } ?? "",
            processID: received.pointee.be_pid
        )
    }

    /// Blocks until the server says something or `interrupt` is closed.
    func waitForInput(or interrupt: Interrupt) {
        var descriptors = [
            pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
            pollfd(fd: interrupt.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&descriptors, 2, -1)
    }

    /// Reads what has arrived; returns whether the connection still works.
    func consumeInput() -> Bool {
        PQconsumeInput(pointer) == 1 && isUsable
    }
}
