/// Why a cryptographic operation did not succeed.
///
/// Safe to show and to log: it never carries key material, passwords or plaintext.
public struct CryptographyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure this is; the part that code may branch on.
    public enum Code: Sendable, Equatable {
        /// A key, nonce or text does not have the form that the operation needs.
        case invalidInput
        /// Sealed data was changed, cut short, or sealed with another key or other associated data.
        case authenticationFailed
        /// Sealed data names a key that is not among those given.
        case unknownKey
        /// A stored password hash is not one that this version can verify.
        case unsupportedHash
        /// OpenSSL refused; `cause` is its own words.
        case libraryFailure
    }

    /// What kind of failure this is.
    public let code: Code
    /// What was attempted, such as "open sealed data".
    public let operation: String
    /// What it was attempted on, never a secret itself.
    public let subject: String
    /// Why it failed and, where a person can do something, what to do.
    public let cause: String

    /// Makes an error from its parts.
    public init(code: Code, operation: String, subject: String, cause: String) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.cause = cause
    }

    /// One sentence: what failed, on what, and why.
    public var description: String { "could not \(operation) (\(subject)): \(cause)" }
}
