import GitHosts
import HTTPClient

/// Why a git host's API did not do what it was asked for.
///
/// Safe to show and to log: of what the host said a bounded part, without the secrets that it was sent.
public struct HostAPIError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure this is; the part that code may branch on.
    public enum Code: Sendable, Equatable {
        /// The host does not take who we are.
        case unauthorized
        /// The host said no; the same again would be refused, too.
        case refused
        /// The host did not answer, or asks to be left alone for now; later may be better.
        case unavailable
        /// The answer is not what the host's documentation says.
        case garbled
        /// What is needed to ask is missing, or cannot be used.
        case unusable
        /// The task was cancelled.
        case cancelled
    }

    /// What kind of failure this is.
    public let code: Code
    /// What was attempted, such as "register a webhook".
    public let operation: String
    /// With what: the URL that was asked, or the repository.
    public let subject: String
    /// Why, in the host's words or ours.
    public let cause: String
    /// What a person can do about it; nil when there is nothing to say.
    public internal(set) var hint: String?
    /// The status of the host's answer; nil when there was none.
    public let status: Int?
    /// How long the host wants to be left alone; nil when it does not say.
    public let pause: Duration?

    /// Makes an error from its parts.
    public init(
        _ code: Code, operation: String, subject: String, cause: String, hint: String? = nil, status: Int? = nil,
        pause: Duration? = nil
    ) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.cause = cause
        self.hint = hint
        self.status = status
        self.pause = pause
    }

    /// Whether the same may well succeed later.
    public var isTransient: Bool { code == .unavailable || code == .cancelled }

    /// What failed, with what and why.
    public var description: String { "cannot \(operation) (\(subject)): \(cause)" }
}
