import Glibc
import HTTPClient

extension ObjectStoreError {
    /// Makes the error for a system call that has just failed.
    static func system(_ operation: String, _ subject: String, number: Int32 = errno) -> ObjectStoreError {
        let code: Code =
            switch number {
            case ENOENT: .notFound
            case ENOSPC, EDQUOT, EFBIG: .outOfSpace
            case EACCES, EPERM, EROFS: .accessDenied
            case ENOTDIR, EISDIR, ENOTEMPTY, EEXIST: .conflict
            default: .ioFailure
            }
        return ObjectStoreError(code, operation: operation, subject: subject, cause: String(cString: strerror(number)))
    }

    /// Makes the error for a request that brought no response.
    init(_ error: HTTPError, operation: String, _ key: ObjectKey) {
        self.init(error, operation: operation, subject: key.text)
    }

    init(_ error: HTTPError, operation: String, subject: String) {
        let code: Code =
            switch error.code {
            case .tooLarge: .tooLarge
            case .cancelled: .cancelled
            case .protocolViolation: .invalidResponse
            case .bodyUnreadable: .ioFailure
            case .invalidRequest: .invalidAddress
            default: .unavailable
            }
        self.init(code, operation: operation, subject: subject, cause: "\(error)")
    }
}
