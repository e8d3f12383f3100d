/// PostgreSQL's five-character error code.
///
/// See https://www.postgresql.org/docs/15/errcodes-appendix.html.
public struct SQLState: RawRepresentable, Hashable, Sendable {
    /// The five characters.
    public let rawValue: String

    /// Names a code.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A row would break a unique index.
    public static let uniqueViolation = SQLState(rawValue: "23505")
    /// A row refers to one that does not exist, or is still referred to.
    public static let foreignKeyViolation = SQLState(rawValue: "23503")
    /// A row would break a CHECK.
    public static let checkViolation = SQLState(rawValue: "23514")
    /// A column that must not be NULL would be.
    public static let notNullViolation = SQLState(rawValue: "23502")
    /// A row would break an EXCLUDE constraint.
    public static let exclusionViolation = SQLState(rawValue: "23P01")
    /// The transaction cannot be ordered among those that ran beside it; run it again.
    public static let serializationFailure = SQLState(rawValue: "40001")
    /// The transaction was chosen to end a deadlock; run it again.
    public static let deadlock = SQLState(rawValue: "40P01")
    /// A lock was not free and the statement said NOWAIT, or `lock_timeout` passed.
    public static let lockNotAvailable = SQLState(rawValue: "55P03")
    /// The statement was cancelled.
    public static let queryCanceled = SQLState(rawValue: "57014")
    /// An earlier statement of the transaction failed, and it can only be rolled back.
    public static let inFailedTransaction = SQLState(rawValue: "25P02")
    /// A write was tried on a standby or in a read-only transaction.
    public static let readOnlyTransaction = SQLState(rawValue: "25006")
    /// A prepared statement of that name does not exist.
    public static let invalidStatementName = SQLState(rawValue: "26000")
    /// The table does not exist.
    public static let undefinedTable = SQLState(rawValue: "42P01")
    /// The statement is not SQL.
    public static let syntaxError = SQLState(rawValue: "42601")
    /// Something unsupported; also what a prepared statement whose table changed fails with.
    public static let featureNotSupported = SQLState(rawValue: "0A000")

    /// The first two characters: the class of errors.
    public var errorClass: Substring { rawValue.prefix(2) }

    /// Whether the same transaction may succeed if it is run again from its start.
    public var isRetryable: Bool { self == .serializationFailure || self == .deadlock }

    /// Whether the server ends the connection after it (class 57P: shutdown, crash, start-up; class 08: connection).
    public var endsConnection: Bool { rawValue.hasPrefix("57P") || errorClass == "08" }
}

extension SQLState: CustomStringConvertible {
    /// The five characters.
    public var description: String { rawValue }
}
