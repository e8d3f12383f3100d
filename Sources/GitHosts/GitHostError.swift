/// Why what a git host sent cannot be used.
public struct GitHostError: Error, Sendable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Code: Sendable {
        /// The body is not JSON, or nested too deeply.
        case malformed
        /// It is JSON, but not what the host's documentation says.
        case unexpected
    }

    /// What kind of trouble it is.
    public let code: Code
    /// What was being done.
    public let operation: String
    /// With what.
    public let subject: String
    /// What is wrong.
    public let cause: String

    init(_ code: Code, subject: String, cause: String) {
        self.code = code
        operation = "read a delivery"
        self.subject = subject
        self.cause = cause
    }

    /// One line that says what, with what, and why.
    public var description: String { "cannot \(operation) (\(subject)): \(cause)" }
}
