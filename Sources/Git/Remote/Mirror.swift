import Blocking
import CLibGit2
import Model

/// A bare copy of one remote repository, kept up to date by asking for its refs first.
///
/// It owns the directory: one mirror a directory, between processes under a lock. Commits that a force-push removed
/// from the remote stay in the mirror. Read it through ``Reader`` or ``ReaderPool``, at any time, also during a fetch.
public actor Mirror {
    /// The bare repository.
    public nonisolated let path: String
    /// The remote.
    public nonisolated let url: RemoteURL
    private nonisolated let executor: BlockingExecutor
    /// Credentials, trust and bounds.
    let access: RemoteAccess
    private let directory: MirrorDirectory
    private let trees = TreeCache()
    private var objects: Objects?
    /// Whether packs came since they were last counted.
    var hasNewPacks = true

    /// Runs everything on this actor's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a mirror; nothing is touched before the first call.
    ///
    /// - Parameters:
    ///   - directory: the repository's directory, absolute; made if missing. Files beside it carry its name and
    ///     `.lock`, `.new` or `.broken`.
    ///   - url: the remote.
    ///   - access: credentials, trust and bounds.
    public init(directory: String, url: RemoteURL, access: RemoteAccess = RemoteAccess()) {
        path = directory
        self.url = url
        self.access = access
        self.directory = MirrorDirectory(path: directory)
        executor = BlockingExecutor(label: "ocuroot.git.mirror")
    }

    /// Makes the repository on disk if it is not there, and makes it anew, empty, if it was left half-made.
    ///
    /// Called by the other functions; may be called any number of times.
    /// - Throws: `locked`, `fileSystem`, `ownership`, and `corrupted` for a directory that was not made by us.
    public func open() throws(GitError) {
        guard objects == nil else { return }
        objects = try lock(TransferControl()).hold { () throws(GitError) in try directory.open(trees: trees) }
    }

    /// The remote's refs now, without fetching anything.
    ///
    /// - Throws: `repositoryNotFound`, `unreachable`, `timedOut`, `cancelled`, `authenticationFailed`,
    ///   `untrustedHost`, `tooLarge`. A repository without commits has no refs and is no error.
    public func remoteTips() async throws(GitError) -> RemoteTips {
        try await converse { mirror, conversation throws(GitError) in
            try mirror.open()
            let remote = try Remote(conversation, repository: mirror.opened().repository)
            return try conversation.control.within(mirror.access.limits.answerTimeout) { () throws(GitError) in
                try remote.list()
            }
        }
    }

    /// Brings the mirror up to date: lists the remote's refs and, only if one moved, fetches and updates ours.
    ///
    /// Refs that were deleted on the remote are deleted here; force-pushed refs are moved. May be run any number of
    /// times; one that is interrupted leaves refs that are each as before or as after. A mirror that turns out to be
    /// damaged is made anew once.
    ///
    /// - Parameter selection: the refs to mirror; others are neither fetched nor deleted.
    /// - Throws: what ``remoteTips()`` throws, `locked`, `fileSystem`, `corrupted`.
    public func fetch(_ selection: RefSelection = .branchesAndTags) async throws(GitError) -> FetchReport {
        try await converse { mirror, conversation throws(GitError) in
            try mirror.open()
            return try mirror.lock(conversation.control).hold { () throws(GitError) in
                do throws(GitError) {
                    return try mirror.update(selection, conversation)
                } catch  where error.code == .corrupted || error.code == .missingObject {
                    try mirror.replace(because: error)
                    return try mirror.update(selection, conversation)
                }
            }
        }
    }

    private func replace(because error: GitError) throws(GitError) {
        objects = nil
        try directory.replace(because: error)
        objects = try directory.open(trees: trees)
    }

    /// Makes sure that a commit is in the mirror, asking the remote only if it is not.
    ///
    /// A commit that no branch or tag leads to any more is asked for by its id, which not every host grants.
    /// - Throws: what ``fetch(_:)`` throws; `missingObject` if the remote does not give it.
    public func ensure(_ commit: CommitID) async throws(GitError) {
        try open()
        if try opened().contains(commit.object) { return }
        _ = try await fetch()
        if try opened().contains(commit.object) { return }
        do throws(GitError) {
            try await converse { mirror, conversation throws(GitError) in
                try mirror.download(commit, conversation)
            }
        } catch  where error.code == .failed || error.code == .missingObject {
            throw missing(commit, error.cause)
        }
        guard try opened().contains(commit.object) else { throw missing(commit, "the remote did not send it") }
    }

    private func missing(_ commit: CommitID, _ cause: String) -> GitError {
        GitError(
            .missingObject, operation: "fetch commit", subject: "\(commit.hex) of \(url)", cause: cause,
            hint: "no branch or tag of the remote leads to it; was it pushed, or removed by a force-push?")
    }

    /// Runs one conversation on this actor's thread, stopping it when the task is cancelled.
    private func converse<Value: Sendable>(
        _ body: (isolated Mirror, Conversation) throws(GitError) -> Value
    ) async throws(GitError) -> Value {
        let control = TransferControl()
        let result: Result<Value, GitError> = await withTaskCancellationHandler {
            do throws(GitError) {
                let conversation = Conversation(url: url, access: access, control: control)
                return .success(
                    try SocketStream.with(control) { () throws(GitError) in try body(self, conversation) })
            } catch {
                return .failure(error)
            }
        } onCancel: {
            control.stop(.cancelled)
        }
        return try result.get()
    }

    /// The repository, opened if it is not yet.
    func opened() throws(GitError) -> Objects {
        if let objects { return objects }
        try open()
        guard let objects else { preconditionFailure("open() sets objects or throws") }
        return objects
    }

    private func lock(_ control: TransferControl) throws(GitError) -> FileLock {
        try directory.makeParent()
        let attempts = Int(clamping: access.limits.answerTimeout.components.seconds) * 50
        return try FileLock(path: directory.lockPath, attemptsMax: max(1, attempts)) { control.stopReason != nil }
    }
}
