import Postgres

/// Why the store could not do what it was asked.
///
/// ``description`` holds no token and no row content beyond the names that people chose; it is safe to log and to show.
public struct StoreError: Error, Sendable {
    /// What kind of failure it is, and what to do about it.
    public enum Code: String, Hashable, Sendable, Codable {
        /// What was named does not exist.
        case notFound
        /// The state of things forbids it; asking again later may succeed.
        case conflict
        /// The lease, or the token that stands for it, is not the current one: stop at once, write nothing more.
        case leaseLost
        /// The database is away or overloaded; try again.
        case unavailable
        /// What was passed can never be accepted.
        case invalid
        /// The database holds what it never should, or a statement of ours is wrong.
        case corrupted
        /// A secret is asked for, and the server was not given the master key to keep it under, or not the right one.
        case noMasterKey
        /// The task was cancelled.
        case cancelled
    }

    /// What kind of failure it is.
    public let code: Code
    /// What was being done, such as `startRun`.
    public let operation: String
    /// What it was done to, such as `r31`; nil when there is no single thing.
    public let subject: String?
    /// The reason, as a sentence for people.
    public let reason: String
    /// The error behind this one.
    public let cause: (any Error)?

    /// Makes an error.
    public init(
        _ code: Code, _ operation: String, subject: String? = nil, _ reason: String, cause: (any Error)? = nil
    ) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.reason = reason
        self.cause = cause
    }
}

extension StoreError: CustomStringConvertible {
    /// The reason with what was done to what; for failures of the database, the database's own words too.
    public var description: String {
        let place = subject.map { "\(operation) \($0)" } ?? operation
        guard let cause else { return "\(place): \(reason)" }
        return "\(place): \(reason): \(cause)"
    }
}
