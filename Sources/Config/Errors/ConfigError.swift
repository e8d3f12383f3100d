/// What went wrong with configuration: where, why, and what to do about it.
public struct ConfigError: Error, Sendable, Equatable {
    /// What kind of failure it is: decides who has to act.
    public enum Code: String, Sendable, Codable {
        /// The file or function that was asked for does not exist at this commit.
        case missing
        /// The config breaks a rule of the language or the SDK; a commit mends it.
        case invalid
        /// A function of the config failed while it ran.
        case failed
        /// A bound on steps, memory, time or size was reached.
        case limit
        /// The caller canceled the evaluation.
        case canceled
        /// The source tree could not be read: not the config's fault, try again.
        case unreadable
    }

    /// What kind of failure it is.
    public let code: Code
    /// What was being done, such as `evaluate` or `load`.
    public let operation: String
    /// The file or package that it concerns.
    public let subject: String
    /// What is wrong, without the place.
    public let cause: String
    /// `file:line:col`; nil where the failure belongs to no place in a file.
    public let location: String?
    /// The calls that led there, outermost first; empty where there were none.
    ///
    /// Each is its place and function, and its source on a further line.
    public let backtrace: [String]

    /// Makes a value from its parts.
    public init(
        _ code: Code, operation: String, subject: String, cause: String, location: String? = nil,
        backtrace: [String] = []
    ) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.cause = cause
        self.location = location
        self.backtrace = backtrace
    }
}

extension ConfigError: CustomStringConvertible {
    /// The place, the cause, and the backtrace on lines of its own.
    public var description: String {
        var text = location.map { "\($0): \(cause)" } ?? "\(subject): \(cause)"
        if !backtrace.isEmpty {
            text += "\nTraceback (most recent call last):"
            for line in backtrace.joined(separator: "\n").split(separator: "\n") { text += "\n  " + line }
        }
        return text
    }
}
