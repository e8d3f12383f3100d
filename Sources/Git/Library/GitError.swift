/// Why a git operation failed: what was tried, on what, and what to do about it.
///
/// The texts never hold a password: URLs are shown without it.
public struct GitError: Error, Sendable, Hashable {
    /// What kind of failure it is; decides whether trying again can help.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The URL cannot be a git repository's. Final until it is changed.
        case invalidURL
        /// A ref name or a path that git or we refuse. Final.
        case invalidName
        /// Nothing is at that path or URL, or it is not a git repository.
        case repositoryNotFound
        /// The host wants credentials that were not given, or refused those that were.
        case authenticationFailed
        /// The host's TLS certificate or ssh key is not trusted. Never worked around.
        case untrustedHost
        /// The host does not answer: no such name, refused, no route. May pass.
        case unreachable
        /// The time-out of this operation ran out. May pass.
        case timedOut
        /// The task that asked for it was cancelled.
        case cancelled
        /// A bound that the caller set (bytes, files, commits) would be exceeded.
        case tooLarge
        /// The repository has no commit yet.
        case emptyRepository
        /// The repository on disk is damaged.
        case corrupted
        /// The object is whole, but git cannot make sense of what it holds. Final for that object.
        case malformed
        /// An object that was asked for is not in the repository.
        case missingObject
        /// A ref that was asked for does not exist.
        case missingRef
        /// The tree has nothing at that path.
        case missingPath
        /// The path is there but is something else: a directory, a symlink, a submodule.
        case wrongKind
        /// A tree holds a name that must not be written to disk, or a path leads through a symlink.
        case unsafePath
        /// The patch is malformed, or does not fit the tree.
        case patchRejected
        /// The repository belongs to another user of this machine.
        case ownership
        /// Another process holds the repository's lock.
        case locked
        /// The repository uses a format that libgit2 1.5 cannot read, such as SHA-256.
        case unsupportedFormat
        /// The file system refused: no space, no permission, I/O error.
        case fileSystem
        /// The other side broke the protocol, or libgit2 failed in a way that has no code of its own.
        case failed
    }

    /// The kind of failure.
    public let code: Code
    /// What was being done, as a verb phrase: "fetch", "read commit".
    public let operation: String
    /// What it was done to: a URL without password, a path, an object id.
    public let subject: String
    /// Why it failed, in the words of the layer below.
    public let cause: String
    /// What a person can do about it; nil when nothing general can be said.
    public let hint: String?
    /// How long the host asks to be left alone; nil when it does not say.
    public var retryAfter: Duration?

    /// Makes an error.
    public init(_ code: Code, operation: String, subject: String, cause: String, hint: String? = nil) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.cause = cause
        self.hint = hint
    }

    /// Whether the same call may succeed later without anybody changing anything.
    public var isTransient: Bool {
        switch code {
        case .unreachable, .timedOut, .locked, .failed: true
        default: false
        }
    }

    /// Whether it may come from what one ref leads to, so that others can be had all the same.
    public var mayBeOfOneRef: Bool {
        switch code {
        case .malformed, .missingObject, .corrupted, .wrongKind, .tooLarge, .unreachable, .failed: true
        default: false
        }
    }
}

extension GitError: CustomStringConvertible {
    /// One sentence: what failed, on what, why, and the hint if there is one.
    public var description: String {
        let sentence = "cannot \(operation) \(subject): \(cause)"
        return hint.map { "\(sentence) (\($0))" } ?? sentence
    }
}
