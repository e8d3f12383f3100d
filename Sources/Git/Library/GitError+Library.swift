import CLibGit2

extension GitError {
    /// Makes an error from libgit2's return value and the message that it left on this thread.
    ///
    /// Upstream: https://libgit2.org/libgit2/#HEAD/group/error
    init(library code: Int32, operation: String, subject: String, hint: String? = nil) {
        let last = git_error_last()
        let message = last?.pointee.message.map { String(cString: $0) } ?? "libgit2 returned \(code)"
        let kind = git_error_t(UInt32(bitPattern: last?.pointee.klass ?? 0))
        let known = Self.code(library: code, kind: kind, message: message)
        // What libgit2 says of it is about the configuration value that it did not find.
        let cause = known == .ownership ? "it belongs to another user of this machine" : message
        self.init(
            known, operation: operation, subject: subject, cause: cause,
            hint: hint ?? Self.hint(for: known, subject: subject))
    }

    private static func code(library code: Int32, kind: git_error_t, message: String) -> Code {
        if message.contains("safe.directory") || message.contains("not owned by current user") { return .ownership }
        switch git_error_code(code) {
        case GIT_EOWNER: return .ownership
        case GIT_ELOCKED: return .locked
        case GIT_EAUTH: return .authenticationFailed
        case GIT_ECERTIFICATE: return .untrustedHost
        case GIT_EPEEL: return .wrongKind
        // Also what cannot be peeled at all. A tag whose target is missing says the same, with the code of that.
        case GIT_EINVALIDSPEC: return message.contains("can not be successfully peeled") ? .wrongKind : .invalidName
        case GIT_EUNBORNBRANCH: return .emptyRepository
        case GIT_EAPPLYFAIL: return .patchRejected
        case GIT_EMISMATCH: return .corrupted
        case GIT_ENOTFOUND: return notFound(kind)
        default: return Self.code(kind: kind, message: message)
        }
    }

    private static func notFound(_ kind: git_error_t) -> Code {
        switch kind {
        case GIT_ERROR_REPOSITORY: .repositoryNotFound
        case GIT_ERROR_REFERENCE: .missingRef
        case GIT_ERROR_TREE: .missingPath
        // The only paths that libgit2 looks up for us are those of repositories.
        case GIT_ERROR_OS, GIT_ERROR_FILESYSTEM: .repositoryNotFound
        default: .missingObject
        }
    }

    private static func code(kind: git_error_t, message: String) -> Code {
        if message.contains("corrupted") { return .corrupted }
        if message.contains("unsupported extension") || message.contains("unsupported repository version") {
            return .unsupportedFormat
        }
        switch kind {
        case GIT_ERROR_OS, GIT_ERROR_FILESYSTEM: return .fileSystem
        case GIT_ERROR_ODB, GIT_ERROR_ZLIB, GIT_ERROR_OBJECT, GIT_ERROR_TREE, GIT_ERROR_INDEXER: return .corrupted
        case GIT_ERROR_PATCH: return .patchRejected
        default: return .failed
        }
    }

    private static func hint(for code: Code, subject: String) -> String? {
        switch code {
        case .ownership:
            "if you trust it, run: git config --global --add safe.directory \(subject)"
        case .emptyRepository:
            "commit something first"
        case .unsupportedFormat:
            "repositories with SHA-256 ids or unknown extensions cannot be read"
        case .corrupted:
            "a mirror of ocuroot's is fetched anew by itself; in another repository run git fsck"
        default: nil
        }
    }

    /// The same error under another operation and subject.
    func recast(_ code: Code? = nil, operation: String, subject: String, hint: String? = nil) -> GitError {
        var error = GitError(
            code ?? self.code, operation: operation, subject: subject, cause: cause, hint: hint ?? self.hint)
        error.retryAfter = retryAfter
        return error
    }

    /// Makes an error from `errno`.
    static func system(_ number: Int32, operation: String, subject: String) -> GitError {
        GitError(.fileSystem, operation: operation, subject: subject, cause: SystemError.message(number))
    }
}
