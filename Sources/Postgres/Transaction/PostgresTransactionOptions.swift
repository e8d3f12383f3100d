/// How a transaction runs.
public struct PostgresTransactionOptions: Sendable {
    /// What a transaction sees of those that run beside it.
    public enum Isolation: String, Sendable {
        /// Each statement sees what was committed before it began.
        case readCommitted = "READ COMMITTED"
        /// Every statement sees what was committed before the first one began.
        case repeatableRead = "REPEATABLE READ"
        /// As if transactions ran one after the other; fails with a serialization failure when they cannot have.
        case serializable = "SERIALIZABLE"
    }

    /// What the transaction sees of others.
    public var isolation: Isolation

    /// Whether the server refuses writes in it.
    public var isReadOnly: Bool

    /// How often the closure may run in all, if a serialization failure or a deadlock ends the transaction; at least 1.
    ///
    /// With more than 1 the closure must be safe to run again: everything it does outside of the database repeats.
    public var attemptsMax: Int

    /// Read committed, writable, run once, unless told otherwise.
    public init(isolation: Isolation = .readCommitted, isReadOnly: Bool = false, attemptsMax: Int = 1) {
        self.isolation = isolation
        self.isReadOnly = isReadOnly
        self.attemptsMax = attemptsMax
    }

    var beginStatement: String {
        "BEGIN ISOLATION LEVEL \(isolation.rawValue)\(isReadOnly ? " READ ONLY" : "")"
    }
}
