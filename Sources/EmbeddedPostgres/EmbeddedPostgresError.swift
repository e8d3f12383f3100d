/// Why the private cluster cannot be used.
///
/// ``description`` is a sentence for the user that says what to do.
public struct EmbeddedPostgresError: Error, Sendable {
    /// What kind of failure it is.
    public enum Code: Hashable, Sendable {
        /// No PostgreSQL server is installed, or none of the version that made the cluster.
        case programsMissing
        /// The cluster was made by a major version that is not installed.
        case versionMismatch
        /// Another process owns the directory.
        case inUse
        /// The user that the server runs as cannot get to the directory.
        case unreachable
        /// The directory holds something else, or belongs to somebody else.
        case notOurs
        /// The cluster could not be initialised.
        case initialise
        /// The server did not start, or kept dying.
        case start
        /// A file or directory could not be made, read or changed.
        case fileSystem
    }

    /// What kind of failure it is.
    public var code: Code
    /// What was being done.
    public var operation: String
    /// The directory or program that it was done to.
    public var subject: String
    /// The reason and what to do about it.
    public var message: String
    /// The error behind this one.
    public var cause: (any Error)?

    init(_ code: Code, _ operation: String, _ subject: String, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.message = message
        self.cause = cause
    }
}

extension EmbeddedPostgresError: CustomStringConvertible {
    /// What failed, on what, why, and what to do.
    public var description: String {
        "cannot \(operation) \(subject): \(message)" + (cause.map { " (\($0))" } ?? "")
    }
}
