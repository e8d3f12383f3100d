import Foundation

/// A connection of a pool, and its descriptor, by which an idle one is checked without a thread switch.
struct PooledConnection: Sendable {
    let connection: PostgresConnection
    let socket: Int32

    /// Whether the server has said something since the last statement: usually its farewell.
    ///
    /// Never blocks.
    var hasInput: Bool {
        var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) != 0
    }
}
