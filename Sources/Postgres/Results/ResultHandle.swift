import CLibPQ

/// Owns a `PGresult`.
///
/// `@unchecked Sendable`: libpq never changes a result once it is complete, reading it from several threads is
/// allowed (https://www.postgresql.org/docs/15/libpq-threading.html), and only `deinit` frees it.
final class ResultHandle: @unchecked Sendable {
    private let result: OpaquePointer

    let columns: [String]
    let types: [PostgresType]
    let rowCount: Int
    /// The statement that this is the result of, for errors.
    let query: String
    let site: CallSite

    init(owning result: OpaquePointer, query: String, site: CallSite) {
        self.result = result
        self.query = query
        self.site = site
        rowCount = Int(PQntuples(result))
        let columnCount = PQnfields(result)
        columns = (0..<columnCount).map { PQfname(result, $0).map { String(cString: $0) } ?? "" }
        types = (0..<columnCount).map { PostgresType(rawValue: PQftype(result, $0)) }
    }

    deinit {
        PQclear(result)
    }

    /// How many rows the statement inserted, changed, deleted or returned.
    var affectedRows: Int {
        PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// What the server calls the command that it completed, such as `COMMIT`.
    var commandTag: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }

    /// libpq's whole message, as one line; empty if the result is no error.
    var errorMessage: String {
        guard let text = PQresultErrorMessage(result) else { return "" }
        return String(cString: text).split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// The fields of an error: libpq's `PG_DIAG_…`, which are macros that Swift cannot import.
    enum ErrorField: UInt8 {
        case message = 0x4D  // M
        case sqlState = 0x43  // C
        case detail = 0x44  // D
        case hint = 0x48  // H
        case schema = 0x73  // s
        case table = 0x74  // t
        case column = 0x63  // c
        case constraint = 0x6E  // n
        case position = 0x50  // P
    }

    /// One field of an error, if the server sent it.
    func errorField(_ field: ErrorField) -> String? {
        PQresultErrorField(result, Int32(field.rawValue)).map { String(cString: $0) }
    }

    /// Passes the value to `body`, or `nil` if it is NULL.
    ///
    /// The caller checks the bounds.
    func withValue<Result>(
        row: Int,
        column: Int,
        _ body: (PostgresValue?) throws(PostgresValue.Mismatch) -> Result
    ) throws(PostgresValue.Mismatch) -> Result {
        let (row, field) = (Int32(truncatingIfNeeded: row), Int32(truncatingIfNeeded: column))
        guard PQgetisnull(result, row, field) == 0 else { return try body(nil) }
        let size = Int(PQgetlength(result, row, field))
        let bytes = UnsafeRawBufferPointer(start: PQgetvalue(result, row, field), count: size)
        return try withExtendedLifetime(self) { () throws(PostgresValue.Mismatch) in
            try body(PostgresValue(type: types[column], bytes: bytes))
        }
    }
}
