import CLibPQ

/// Owns a `PGconn` in non-blocking mode.
///
/// `@unchecked Sendable`: after `init` only the actor that owns the handle touches the pointer, on its serial
/// executor, and `deinit` runs when nobody holds the handle any more. `socket` is constant.
final class ConnectionHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    let socket: Int32

    /// Connects, blocking the calling thread for the configured time at most per host.
    init(connectingTo configuration: PostgresConfiguration, at site: CallSite) throws(PostgresError) {
        try Self.check(configuration.conninfo, at: site)
        let parameters = configuration.parameters
        let pointer = withCStrings(parameters.map(\.keyword)) { keywords in
            withCStrings(parameters.map(\.value)) { values in
                let expandDatabaseName: Int32 = 1
                return PQconnectdbParams(keywords, values, expandDatabaseName)
            }
        }
        guard let pointer else { throw PostgresError(.connection, "connect", "out of memory", at: site) }
        guard PQstatus(pointer) == CONNECTION_OK, PQsetnonblocking(pointer, 1) == 0 else {
            let message = Self.message(of: pointer)
            PQfinish(pointer)
            throw PostgresError(.connection, "connect", message, at: site)
        }
        PQsetNoticeReceiver(pointer, { _, _ in }, nil)
        self.pointer = pointer
        socket = PQsocket(pointer)
    }

    deinit {
        PQfinish(pointer)
    }

    /// Whether the connection was usable when it was last used.
    var isUsable: Bool { PQstatus(pointer) == CONNECTION_OK }

    /// Whether no transaction is open.
    var isIdle: Bool { PQtransactionStatus(pointer) == PQTRANS_IDLE }

    /// libpq's message on the connection as one line.
    var message: String { Self.message(of: pointer) }

    private static func message(of pointer: OpaquePointer) -> String {
        guard let text = PQerrorMessage(pointer) else { return "unknown error" }
        return String(cString: text).split(whereSeparator: \.isNewline)
            .map { $0.drop(while: \.isWhitespace) }.joined(separator: " ")
    }

    /// Refuses what is no connection string, without quoting it: it may hold a password.
    static func check(_ conninfo: String, at site: CallSite) throws(PostgresError) {
        var reason: UnsafeMutablePointer<CChar>?
        let options = PQconninfoParse(conninfo, &reason)
        PQfreemem(reason)
        guard let options else {
            let message = "the connection string is neither postgresql://user@host/database nor key=value pairs"
            throw PostgresError(.configuration, "connect", message, at: site)
        }
        PQconninfoFree(options)
    }
}

/// Passes `strings` as a C array that ends with NULL.
private func withCStrings<Result>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
    var bytes: [CChar] = []
    var offsets: [Int] = []
    for string in strings {
        offsets.append(bytes.count)
        bytes += string.utf8CString
    }
    return bytes.withUnsafeBufferPointer { buffer in
        var pointers = offsets.map { offset in buffer.baseAddress.map { $0 + offset } }
        pointers.append(nil)
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
