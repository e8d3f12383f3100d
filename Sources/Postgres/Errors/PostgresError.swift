/// Why something could not be done with PostgreSQL.
///
/// ``description`` holds no bound value, no password and no content of a row, and is safe to log and to show.
public struct PostgresError: Error, Sendable {
    /// What kind of failure it is.
    public enum Code: Hashable, Sendable {
        /// The connection string is not one.
        case configuration
        /// The server cannot be reached, or went away; after a lost COMMIT nobody knows whether it happened.
        case connection
        /// The server refused the statement.
        case server(SQLState)
        /// A value could not be encoded to be bound.
        case encoding
        /// A column is missing, or its value is not of the type that was asked for.
        case decoding
        /// A statement returned another number of rows than the caller asserted.
        case rowCount
        /// The statement took longer than it may, and was cancelled.
        case timeout
        /// The Swift task was cancelled, and the statement with it.
        case cancelled
        /// No connection became free in time, or too many callers wait already.
        case poolExhausted
        /// The connection, transaction, pool or listener was closed.
        case closed
    }

    /// What the server says of a refused statement, beyond its code and message.
    ///
    /// ``message`` and ``detail`` may quote values, so they are not part of the error's description.
    public struct ServerFields: Hashable, Sendable {
        /// The server's message word by word; may quote a value.
        public var message: String?
        /// More about the failure; may hold content of rows.
        public var detail: String?
        /// What to do.
        public var hint: String?
        /// The schema of the table.
        public var schema: String?
        /// The table.
        public var table: String?
        /// The column.
        public var column: String?
        /// The constraint or unique index that refused.
        public var constraint: String?
        /// Where in the statement, counted in characters from 1.
        public var position: Int?
    }

    /// What kind of failure it is.
    public var code: Code
    /// What was being done, such as `connect`, `query` or `commit`.
    public var operation: String
    /// The reason, as half a sentence.
    public var message: String
    /// What else the server said; empty unless ``code`` is ``Code/server(_:)``.
    public var fields = ServerFields()
    /// The text of the statement, without its values.
    public var query: String?
    /// The error behind this one; not part of the description, since it may quote a value.
    public var cause: (any Error)?
    /// The file of the call.
    public var file: String
    /// The line of the call.
    public var line: UInt

    init(_ code: Code, _ operation: String, _ message: String, query: String? = nil, at site: CallSite) {
        self.code = code
        self.operation = operation
        self.message = message
        self.query = query
        file = site.file
        line = site.line
    }

    /// The server's code, if the server refused.
    public var sqlState: SQLState? {
        if case .server(let state) = code { state } else { nil }
    }

    /// The constraint or unique index that refused, if one did.
    public var constraint: String? { fields.constraint }

    /// Whether the unique index or constraint `name` refused the row; without a name, whether any did.
    public func isUniqueViolation(of name: String? = nil) -> Bool {
        sqlState == .uniqueViolation && (name == nil || name == constraint)
    }

    /// Whether the CHECK `name` refused the row; without a name, whether any did.
    public func isCheckViolation(of name: String? = nil) -> Bool {
        sqlState == .checkViolation && (name == nil || name == constraint)
    }

    /// Whether the foreign key `name` refused the row; without a name, whether any did.
    public func isForeignKeyViolation(of name: String? = nil) -> Bool {
        sqlState == .foreignKeyViolation && (name == nil || name == constraint)
    }

    /// Whether the same transaction may succeed if it is run again from its start.
    public var isRetryable: Bool { sqlState?.isRetryable ?? false }
}

extension PostgresError: CustomStringConvertible {
    private static let queryCharactersMax = 500

    /// What failed, why, the statement's text and the call, without any value.
    public var description: String {
        var result = "Postgres: \(operation) failed"
        if let sqlState { result += " with \(sqlState)" }
        result += ": \(message)"
        if let constraint { result += " (constraint \(constraint))" }
        if let hint = fields.hint { result += "; hint: \(hint)" }
        if let query {
            let shown = query.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            result += "; statement: \(shown.prefix(Self.queryCharactersMax))"
            if shown.count > Self.queryCharactersMax { result += "…" }
        }
        return result + " (\(file):\(line))"
    }
}
