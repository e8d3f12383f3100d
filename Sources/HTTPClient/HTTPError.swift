/// Why no response arrived, or not all of it.
///
/// Safe to show and to log: it holds no header, no body and no user information or query of the URL.
public struct HTTPError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure this is; the part that code may branch on.
    public enum Code: Sendable, Equatable {
        /// The request itself is wrong: its URL, a header, its proxy. Repeating it cannot help.
        case invalidRequest
        /// The host's or proxy's name has no address.
        case couldNotResolve
        /// Nobody accepted the connection.
        case couldNotConnect
        /// One of the request's timeouts passed.
        case timedOut
        /// No secure connection came about, as with a certificate that is not trusted.
        case tls
        /// The connection broke before the response was complete.
        case connectionLost
        /// What came back is not HTTP.
        case protocolViolation
        /// The response is longer than the request's `bodyBytesMax`, or its head is longer than any should be.
        case tooLarge
        /// The server redirects to a place that the request's `redirects` does not allow.
        case redirectRefused
        /// More redirects than allowed.
        case tooManyRedirects
        /// The file to send could not be read.
        case bodyUnreadable
        /// The task was cancelled, or the session was closed.
        case cancelled
        /// The session has as many transfers as it may have at a time.
        case overloaded
        /// libcurl failed in a way that has nothing to do with the request.
        case libraryFailure
    }

    /// What kind of failure this is.
    public let code: Code
    /// What was attempted: the request's method.
    public let operation: String
    /// The URL without user information and query, or the request's `errorSubject`.
    public let subject: String
    /// Why, in libcurl's words or ours.
    public let cause: String
    /// What a person can do about it; empty when there is nothing to say.
    public let hint: String

    /// Makes an error from its parts.
    public init(code: Code, operation: String, subject: String, cause: String, hint: String) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.cause = cause
        self.hint = hint
    }

    /// Whether the same request may well succeed a little later.
    public var isTransient: Bool {
        switch code {
        case .couldNotResolve, .couldNotConnect, .timedOut, .connectionLost, .overloaded: true
        default: false
        }
    }

    /// What failed, where, why and what to do.
    public var description: String {
        "\(operation) \(subject): \(cause)" + (hint.isEmpty ? "" : "; \(hint)")
    }
}
