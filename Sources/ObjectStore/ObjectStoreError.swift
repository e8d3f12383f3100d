/// Why an object could not be stored, read, listed or removed.
///
/// Safe to show and to log: it holds no credentials and no content.
public struct ObjectStoreError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure this is; the part that code may branch on.
    public enum Code: Sendable, Equatable {
        /// The store's address cannot be understood.
        case invalidAddress
        /// The key or prefix breaks the rules of ``ObjectKey``.
        case invalidKey
        /// There is no such object.
        case notFound
        /// The bucket itself does not exist.
        case bucketNotFound
        /// The object is longer than allowed.
        case tooLarge
        /// The store is full.
        case outOfSpace
        /// The key is another key's folder, or lies below another key.
        case conflict
        /// The credentials or file permissions do not allow it.
        case accessDenied
        /// The store did not answer or was not able to serve, after all retries; later may be better.
        case unavailable
        /// The store's answer makes no sense.
        case invalidResponse
        /// The task was cancelled.
        case cancelled
        /// Reading or writing a file failed otherwise.
        case ioFailure
    }

    /// What kind of failure this is.
    public let code: Code
    /// What was attempted, such as "store an object".
    public let operation: String
    /// The key, path or address concerned.
    public let subject: String
    /// Why, in the words of the store or the system.
    public let cause: String

    /// Makes an error from its parts.
    public init(_ code: Code, operation: String, subject: String, cause: String) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.cause = cause
    }

    /// Whether the same operation may well succeed a little later.
    public var isTransient: Bool { code == .unavailable }

    /// What failed, where, why and what to do.
    public var description: String {
        "could not \(operation) \(subject): \(cause)" + (hint.isEmpty ? "" : "; \(hint)")
    }

    private var hint: String {
        switch code {
        case .outOfSpace: "free space on the store, then try again"
        case .bucketNotFound: "create the bucket, or correct its name in --object-store"
        case .accessDenied: "check the object store's credentials and permissions"
        case .unavailable: "check that the object store runs and can be reached"
        case .invalidAddress: "give a directory or s3://BUCKET[/PREFIX]?endpoint=URL&region=NAME"
        default: ""
        }
    }
}
