import CLibGit2
import Model

/// Sorts what libgit2 says about a remote into our codes.
///
/// It has few codes of its own, so its messages are read.
enum RemoteFailure {
    private static let patterns: [(text: String, code: GitError.Code, hint: String)] = [
        ("failed to resolve address", .unreachable, "check the host name"),
        ("failed to connect", .unreachable, "check host and port"),
        ("cannot receive", .unreachable, "the connection broke"),
        ("cannot send", .unreachable, "the connection broke"),
        ("early EOF", .unreachable, "the connection broke"),
        ("unexpected disconnect", .unreachable, "the connection broke"),
        (
            "error authenticating", .authenticationFailed,
            "give a key with 'ocuroot auth add --ssh-key', or start the server with an ssh agent"
        ),
        ("failed to start ssh session", .unreachable, "check the port: what answers there may not be ssh"),
        ("failed to authenticate", .authenticationFailed, "check the key and its passphrase"),
        ("authentication", .authenticationFailed, "check user, key or token"),
        ("status code: 401", .authenticationFailed, "check user and token"),
        ("status code: 403", .authenticationFailed, "the token may lack the right to read"),
        ("status code: 404", .repositoryNotFound, "check the path of the URL"),
        ("does not appear to be a git repository", .repositoryNotFound, "check the path of the URL"),
        ("not found", .repositoryNotFound, "check the path of the URL"),
        ("no such file", .repositoryNotFound, "check the path of the URL"),
        ("certificate", .untrustedHost, "add its certificate authority to the system's store"),
        ("could not find repository", .repositoryNotFound, "check the path"),
    ]

    /// The same error with the code that fits, keeping codes that are exact already.
    static func classify(_ error: GitError, url: RemoteURL) -> GitError {
        let error = error.hiding(url)
        switch error.code {
        case .failed, .fileSystem, .missingObject, .corrupted: break
        default: return error
        }
        let cause = error.cause.lowercased()
        for pattern in patterns where cause.contains(pattern.text.lowercased()) {
            return error.recast(
                pattern.code, operation: error.operation, subject: error.subject, hint: pattern.hint)
        }
        return error
    }
}

extension GitError {
    /// The same error without secrets that a host may have sent back.
    func hiding(_ secrets: [String]) -> GitError {
        saying(SecretMask.masked(cause, hiding: secrets))
    }

    /// The same error without the password of a URL that libgit2 quotes.
    fileprivate func hiding(_ url: RemoteURL) -> GitError {
        saying(SecretMask.masked(cause, hiding: [url.text], as: url.description))
    }

    /// The same error with another cause.
    private func saying(_ cause: String) -> GitError {
        var error = GitError(code, operation: operation, subject: subject, cause: cause, hint: hint)
        error.retryAfter = retryAfter
        return error
    }
}
