/// Why a runner could not execute a Run to its end; a function that fails is no such error but a result.
public struct RunnerError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: String, Sendable {
        /// The server refused: the Run is not queued, or the token is not its.
        case refused
        /// The server could not be reached, or answered what cannot be understood.
        case unreachable
        /// The server took the Run back, or must be assumed to have; everything was stopped, nothing was posted.
        case leaseLost
        /// The runner was told to stop; nothing was posted.
        case stopped
        /// The machine does not let the runner work: no disk, no process.
        case machine
    }

    /// What kind of failure it is.
    public let code: Code
    /// What was being done, such as `start` or `post the result of`.
    public let operation: String
    /// What it was done to: a Run, a path, a command.
    public let subject: String
    /// Why it failed.
    public let cause: String

    /// Makes an error.
    public init(_ code: Code, operation: String, subject: String, cause: String) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.cause = cause
    }

    /// One sentence.
    public var description: String { "cannot \(operation) \(subject): \(cause)" }
}
