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
    /// Bounds on time and size.
    let limits: RemoteLimits
    /// Asked at the beginning of each conversation, so that a credential that was replaced counts at once.
    private let access: AccessSource
    let directory: MirrorDirectory
    let trees = TreeCache()
    /// The repository, opened anew by each call; nil while it is not open.
    var objects: Objects?
    /// Whether packs came since they were last counted.
    var hasNewPacks = true
    /// What is damaged and was not yet fetched anew.
    var damage: GitError?
    /// When it was fetched anew because of damage.
    var repairs = RepairPace()
    /// Errors that an examination found to come from elsewhere, and until when that is taken to be so.
    var innocent: [GitError: ContinuousClock.Instant] = [:]

    /// Runs everything on this actor's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Finds how a remote is talked to.
    public typealias AccessSource = @Sendable (RemoteURL) async throws(GitError) -> RemoteAccess

    /// Makes a mirror; nothing is touched before the first call.
    ///
    /// - Parameters:
    ///   - directory: the repository's directory, absolute; made if missing. Files beside it carry its name and
    ///     `.lock`, `.new`, `.broken` or `.aside`.
    ///   - url: the remote.
    ///   - access: credentials, trust and bounds.
    public init(directory: String, url: RemoteURL, access: RemoteAccess = RemoteAccess()) {
        self.init(directory: directory, url: url, limits: access.limits) { _ in access }
    }

    /// Makes a mirror that asks how the remote is talked to whenever it talks to it.
    ///
    /// - Parameters:
    ///   - limits: bounds on time and size, in place of those that `access` gives.
    ///   - access: credentials and trust.
    public init(
        directory: String, url: RemoteURL, limits: RemoteLimits = RemoteLimits(), access: @escaping AccessSource
    ) {
        path = directory
        self.url = url
        self.limits = limits
        self.access = access
        self.directory = MirrorDirectory(path: directory)
        executor = BlockingExecutor(label: "ocuroot.git.mirror")
    }

    /// Makes the repository on disk if it is not there, and makes it anew, empty, if it cannot be used.
    ///
    /// Called by the other functions, each of which so finds out what happened to it since; may be called any number
    /// of times. What is in its place and was not made by us is renamed, with the suffix `.aside`.
    /// - Throws: `locked`, `fileSystem`, `ownership`.
    public func open() throws(GitError) {
        if objects != nil {
            objects = nil
            objects = try? directory.glance(trees: trees)
        }
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
            return try conversation.control.within(mirror.limits.answerTimeout) { () throws(GitError) in
                try remote.list()
            }
        }
    }

    /// The key that the remote's ssh host shows, without trusting it: nobody is told who we are.
    ///
    /// - Throws: `invalidURL` for a remote that is not reached by ssh; `unreachable`, `timedOut`, `cancelled`.
    public func hostKey() async throws(GitError) -> HostKey {
        guard url.transport == .ssh else {
            throw GitError(
                .invalidURL, operation: "read the host key of", subject: url.description,
                cause: "only ssh hosts have one")
        }
        return try await converse { mirror, conversation throws(GitError) in
            try mirror.open()
            let remote = try Remote(conversation, repository: mirror.opened().repository)
            conversation.access.hostKeys = .listed(KnownHosts(text: ""))
            do throws(GitError) {
                _ = try conversation.control.within(mirror.limits.answerTimeout) { () throws(GitError) in
                    try remote.list()
                }
            } catch {
                guard let key = conversation.seenHostKey else { throw error }
                return key
            }
            throw conversation.error(-1, "read the host key of")
        }
    }

    /// Brings the mirror up to date: lists the remote's refs and, only if one moved, fetches and updates ours.
    ///
    /// Refs that were deleted on the remote are deleted here; force-pushed refs are moved. May be run any number of
    /// times; one that is interrupted leaves refs that are each as before or as after. A mirror that turns out to be
    /// damaged is fetched anew, all branches and tags of it; an error of the remote is never taken for that.
    ///
    /// - Parameters:
    ///   - selection: the refs to mirror; others are neither fetched nor deleted.
    ///   - isPartial: whether refs whose objects the remote cannot give are reported, and do not keep others from
    ///     being fetched.
    /// - Throws: what ``remoteTips()`` throws, `locked`, `fileSystem`, `corrupted`.
    public func fetch(
        _ selection: RefSelection = .branchesAndTags, isPartial: Bool = false
    ) async throws(GitError) -> FetchReport {
        try await converse { mirror, conversation throws(GitError) in
            try mirror.open()
            return try mirror.lock(conversation.control).hold { () throws(GitError) in
                if let damage = mirror.damage { try mirror.rebuild(because: damage, keeping: [], conversation) }
                return try mirror.fetch(selection, isPartial: isPartial, conversation)
            }
        }
    }

    /// Those of these commits that are to be fetched: all of them while the mirror is known to be damaged.
    ///
    /// - Throws: what ``open()`` throws.
    public func lacking(_ commits: Set<CommitID>) throws(GitError) -> Set<CommitID> {
        try open()
        guard damage == nil else { return commits }
        let objects = try opened()
        return commits.filter { !objects.contains($0.object) }
    }

    /// Makes these commits readable after reading failed: fetches those that are not there, and fetches the whole
    /// mirror anew if it is damaged.
    ///
    /// The damaged one stays until the new one is whole. It returns as well when nothing is wrong with the mirror: then
    /// the error has another reason and will come again.
    ///
    /// - Parameters:
    ///   - error: what reading threw; one that cannot come from damage is thrown back.
    ///   - commits: what is to be read. One that the remote does not give is left missing.
    /// - Throws: what ``fetch(_:)`` throws; `corrupted` if it was fetched anew too often already.
    public func repair(after error: GitError, needing commits: [CommitID]) async throws(GitError) {
        guard error.mayBeDamage else { throw error }
        try await converse { mirror, conversation throws(GitError) in
            try mirror.open()
            try mirror.lock(conversation.control).hold { () throws(GitError) in
                try mirror.repair(error, commits, conversation)
            }
        }
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

    /// Runs one conversation, and once more when the password was refused and there is another.
    private func converse<Value: Sendable>(
        _ body: (isolated Mirror, Conversation) throws(GitError) -> Value
    ) async throws(GitError) -> Value {
        let access = try await access(url)
        do throws(GitError) {
            return try await converse(with: access, body)
        } catch {
            guard error.code == .authenticationFailed, access.renewal?.isDue == true else { throw error }
        }
        return try await converse(with: try await self.access(url), body)
    }

    /// Runs one conversation on this actor's thread, stopping it when the task is cancelled.
    private func converse<Value: Sendable>(
        with given: RemoteAccess, _ body: (isolated Mirror, Conversation) throws(GitError) -> Value
    ) async throws(GitError) -> Value {
        let control = TransferControl()
        var found = given
        found.limits = limits
        let access = found
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
        let attempts = Int(clamping: limits.answerTimeout.components.seconds) * 50
        return try FileLock(path: directory.lockPath, attemptsMax: max(1, attempts)) { control.stopReason != nil }
    }
}
