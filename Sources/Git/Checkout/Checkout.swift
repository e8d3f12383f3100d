import Blocking
import CLibGit2
import Model

/// A user's own clone, which is only looked at, never changed.
public actor Checkout {
    private nonisolated let executor: BlockingExecutor
    private let path: String
    private var objects: Objects?

    /// Runs everything on this actor's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a value; nothing is opened before the first call.
    ///
    /// - Parameter path: any directory inside the checkout, absolute.
    public init(path: String) {
        self.path = path
        executor = BlockingExecutor(label: "ocuroot.git.checkout")
    }

    /// Reads what is checked out and whether it was changed.
    ///
    /// - Throws: `repositoryNotFound`, `ownership`, `emptyRepository`, `wrongKind` for a bare repository.
    public func facts() throws(GitError) -> CheckoutFacts {
        let opened = try opened()
        let head = try Handle(git_reference_free, "read HEAD of", path) {
            git_repository_head(&$0, opened.repository)
        }
        let name = git_reference_name(head.pointer).map { String(cString: $0) } ?? "HEAD"
        let branch = name.hasPrefix("refs/heads/") ? RefName(name) : nil
        let remotes = try remotes(of: opened)
        return CheckoutFacts(
            root: try root(of: opened), head: try opened.resolve("HEAD"), branch: branch, remotes: remotes,
            preferredRemote: preferredRemote(of: opened, branch: branch, among: remotes),
            isDirty: try isDirty(opened))
    }

    /// The changes of the work tree against HEAD, staged or not, new files included, ignored ones and `.ocuroot/` not.
    ///
    /// - Parameter bytesMax: a longer patch, or a longer changed file, throws `tooLarge`.
    /// - Returns: nil if nothing is changed.
    /// - Throws: what ``facts()`` throws, `tooLarge`.
    public func patch(bytesMax: Int = Objects.patchBytesMax) throws(GitError) -> Patch? {
        let opened = try opened()
        let head = try opened.commit(opened.resolve("HEAD"))
        return try PatchMaker(objects: opened, bytesMax: bytesMax).patch(against: head)
    }

    /// Lends the object database of the checkout's repository to `body`, on this actor's thread.
    public func read<Value: Sendable>(_ body: @Sendable (Objects) throws -> Value) throws -> Value {
        try body(opened())
    }

    func opened() throws(GitError) -> Objects {
        if let objects { return objects }
        let handle = try Handle(git_repository_free, "open checkout", path) {
            git_repository_open_ext(&$0, path, 0, nil)
        }
        let new = try Objects(path: path, repository: handle, trees: TreeCache())
        objects = new
        return new
    }

    private func root(of opened: Objects) throws(GitError) -> String {
        guard let root = git_repository_workdir(opened.repository).map({ String(cString: $0) }) else {
            throw GitError(
                .wrongKind, operation: "open checkout", subject: path, cause: "it is a bare repository",
                hint: "run the command inside a checkout")
        }
        return root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
    }

    private func remotes(of opened: Objects) throws(GitError) -> [String: String] {
        var names = git_strarray()
        try check(git_remote_list(&names, opened.repository), "list remotes of", path)
        defer { git_strarray_dispose(&names) }
        var remotes: [String: String] = [:]
        for position in 0..<names.count {
            guard let name = names.strings[position] else { continue }
            let remote = try Handle(git_remote_free, "read remote of", path) {
                git_remote_lookup(&$0, opened.repository, name)
            }
            if let url = git_remote_url(remote.pointer) { remotes[String(cString: name)] = String(cString: url) }
        }
        return remotes
    }

    private func preferredRemote(
        of opened: Objects, branch: RefName?, among remotes: [String: String]
    ) -> String? {
        var buffer = git_buf()
        if let branch, git_branch_upstream_remote(&buffer, opened.repository, branch.rawValue) == 0 {
            defer { git_buf_dispose(&buffer) }
            let name = String(cString: buffer.ptr)
            if remotes[name] != nil { return name }
        }
        if remotes["origin"] != nil { return "origin" }
        return remotes.count == 1 ? remotes.keys.first : nil
    }

    private func isDirty(_ opened: Objects) throws(GitError) -> Bool {
        var options = git_status_options()
        try check(
            git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION)), "read status of", path)
        options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR
        options.flags =
            GIT_STATUS_OPT_INCLUDE_UNTRACKED.rawValue | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS.rawValue
            | GIT_STATUS_OPT_EXCLUDE_SUBMODULES.rawValue
        let list = try Handle(git_status_list_free, "read status of", path) {
            git_status_list_new(&$0, opened.repository, &options)
        }
        let index = try opened.index()
        return (0..<git_status_list_entrycount(list.pointer)).contains { position in
            guard let entry = git_status_byindex(list.pointer, position)?.pointee else { return false }
            if entry.head_to_index == nil, let delta = entry.index_to_workdir?.pointee,
                PatchMaker.isLeftOut(delta, index.pointer)
            {
                return false
            }
            let changed = entry.index_to_workdir?.pointee ?? entry.head_to_index?.pointee
            guard let path = changed?.new_file.path else { return true }
            return !PatchMaker.isOwn(path)
        }
    }
}
