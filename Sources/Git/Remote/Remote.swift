import CLibGit2
import Model

/// A connection to a remote, made for one conversation.
struct Remote: ~Copyable {
    private let handle: Handle
    private let conversation: Conversation

    /// Prepares a connection for objects to go to `repository`; the user's `url.insteadOf` does not apply.
    init(_ conversation: Conversation, repository: OpaquePointer) throws(GitError) {
        self.conversation = conversation
        let url = conversation.url
        var options = git_remote_create_options()
        let code = git_remote_create_options_init(&options, UInt32(GIT_REMOTE_CREATE_OPTIONS_VERSION))
        try check(code, "prepare to talk to", url.description)
        options.repository = repository
        options.flags =
            GIT_REMOTE_CREATE_SKIP_INSTEADOF.rawValue | GIT_REMOTE_CREATE_SKIP_DEFAULT_FETCHSPEC.rawValue
        handle = try Handle(git_remote_free, "talk to", url.description) {
            git_remote_create_with_opts(&$0, url.localPath ?? url.text, &options)
        }
    }

    /// Connects and lists all refs.
    ///
    /// - Throws: `repositoryNotFound`, `unreachable`, `timedOut`, `cancelled`, `authenticationFailed`,
    ///   `untrustedHost`, `tooLarge`.
    func list() throws(GitError) -> RemoteTips {
        try connect()
        var heads: UnsafeMutablePointer<UnsafePointer<git_remote_head>?>?
        var count = 0
        let code = git_remote_ls(&heads, &count, handle.pointer)
        guard code >= 0 else { throw conversation.error(code, "list the refs of") }
        guard count <= conversation.access.limits.refsMax else {
            throw GitError(
                .tooLarge, operation: "list the refs of", subject: conversation.url.description,
                cause: "it has \(count) refs, and at most \(conversation.access.limits.refsMax) are read")
        }
        return RemoteTips(library: UnsafeBufferPointer(start: heads, count: count))
    }

    private func connect() throws(GitError) {
        var options = git_remote_connect_options()
        _ = git_remote_connect_options_init(&options, UInt32(GIT_REMOTE_CONNECT_OPTIONS_VERSION))
        options.callbacks = try conversation.callbacks()
        // Credentials and trust are the configured host's: a redirect to another host is not followed.
        options.follow_redirects = GIT_REMOTE_REDIRECT_NONE
        let code = git_remote_connect_ext(handle.pointer, GIT_DIRECTION_FETCH, &options)
        guard code >= 0 else { throw diagnose(conversation.error(code, "connect to")) }
    }

    /// Downloads what the refspecs need and the repository lacks; refs are not touched.
    ///
    /// - Parameter refspecs: full names of refs, or object ids, of the list.
    func download(_ refspecs: [String]) throws(GitError) {
        var options = git_fetch_options()
        _ = git_fetch_options_init(&options, UInt32(GIT_FETCH_OPTIONS_VERSION))
        options.callbacks = try conversation.callbacks()
        options.follow_redirects = GIT_REMOTE_REDIRECT_NONE
        options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
        options.update_fetchhead = 0
        let code = CStrings.with(refspecs) { list in
            var list = list
            return git_remote_download(handle.pointer, &list, &options)
        }
        guard code >= 0 else { throw conversation.error(code, "fetch") }
    }

    /// Ends the connection; the list stays valid.
    func disconnect() {
        _ = git_remote_disconnect(handle.pointer)
    }

    /// For a local path libgit2's connect loses the reason, so the path is opened once more to learn it.
    private func diagnose(_ error: GitError) -> GitError {
        guard let path = conversation.url.localPath, conversation.control.stopReason == nil else { return error }
        do throws(GitError) {
            _ = try Handle(git_repository_free, error.operation, error.subject) { git_repository_open(&$0, path) }
            return error
        } catch {
            return error.code == .repositoryNotFound
                ? error.recast(operation: error.operation, subject: error.subject, hint: "check the path") : error
        }
    }
}

extension RemoteTips {
    /// Copies libgit2's list; the entry `NAME^{}` says what the annotated tag NAME leads to.
    init(library heads: UnsafeBufferPointer<UnsafePointer<git_remote_head>?>) {
        var refs: [RefName: ObjectID] = [:]
        var peeled: [RefName: ObjectID] = [:]
        var head: RefName?
        for entry in heads {
            guard let entry = entry?.pointee, let name = entry.name.map({ String(cString: $0) }) else { continue }
            if name == "HEAD" {
                head = entry.symref_target.map { RefName(String(cString: $0)) }
            } else if name.hasPrefix("refs/") {
                let id = RawID(entry.oid).object
                if name.hasSuffix("^{}") {
                    peeled[RefName(String(name.dropLast(3)))] = id
                } else {
                    refs[RefName(name)] = id
                }
            }
        }
        self.init(refs: refs, peeled: peeled, head: head)
    }
}
