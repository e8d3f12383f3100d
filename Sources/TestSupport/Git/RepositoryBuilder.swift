import CLibGit2
import Foundation
import Git
import Model
import Synchronization

/// Builds a git repository in code, to serve as a remote or as a user's checkout.
///
///     let remote = try RepositoryBuilder()
///     let first = try remote.commit("first", ["repo.ocu.star": "…", "run.sh": .executable("echo hi")])
///     try remote.commit("second", ["run.sh": .deleted, "link": .symlink(to: "repo.ocu.star")])
///     let mirror = Mirror(directory: …, url: try RemoteURL(remote.path))
///
/// Commit times count up from a fixed one, so ids are the same in every run. The directory is removed with the object.
public final class RepositoryBuilder: Sendable {
    /// The repository's directory: bare, or with a work tree.
    public let path: String
    /// The branch that HEAD names.
    public let defaultBranch: String
    /// Whether it has no work tree.
    public let isBare: Bool
    /// When the first commit is said to be made.
    private static let firstTimeSeconds: Int64 = 1_700_000_000
    private let commitCount = Mutex<Int64>(0)

    /// Makes an empty repository in a new temporary directory.
    ///
    /// - Parameters:
    ///   - isBare: false makes a work tree, which follows commits on the default branch.
    ///   - defaultBranch: the branch that HEAD names, without `refs/heads/`.
    public init(isBare: Bool = true, defaultBranch: String = "main") throws {
        self.isBare = isBare
        self.defaultBranch = defaultBranch
        path = NSTemporaryDirectory() + "ocuroot-repository-" + UUID().uuidString
        var options = git_repository_init_options()
        git_libgit2_init()
        try LibraryError.check(
            git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION)))
        options.flags = GIT_REPOSITORY_INIT_MKPATH.rawValue | (isBare ? GIT_REPOSITORY_INIT_BARE.rawValue : 0)
        var repository: OpaquePointer?
        let code = defaultBranch.withCString { head in
            options.initial_head = head
            return git_repository_init_ext(&repository, path, &options)
        }
        try LibraryError.check(code)
        git_repository_free(repository)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The repository as a `file://` URL.
    public var url: String { "file://" + path }

    /// The ref of the default branch.
    public var defaultRef: RefName { RefName("refs/heads/" + defaultBranch) }

    /// Commits on top of a branch, making the branch if it is new.
    ///
    /// - Parameters:
    ///   - message: the commit's message.
    ///   - files: what changes, by path; none makes an empty commit.
    ///   - branch: without `refs/heads/`; nil means the default branch.
    ///   - trailers: appended to the message as `Token: value` lines.
    ///   - base: the parent, moving the branch there by force; nil means the branch's tip.
    @discardableResult
    public func commit(
        _ message: String, _ files: [String: FixtureFile] = [:], on branch: String? = nil,
        trailers: [(String, String)] = [], base: CommitID? = nil
    ) throws -> CommitID {
        let text = trailers.isEmpty ? message : message + "\n\n" + trailers.map { "\($0): \($1)\n" }.joined()
        let parent = base ?? (try? tip(of: branch ?? defaultBranch))
        return try withRepository { repository in
            let tree = try repository.tree(from: parent, files)
            return try record(repository, text, tree, parents: parent.map { [$0] } ?? [], on: branch)
        }
    }

    /// Merges one branch into another with a merge commit, as `git merge --no-ff` does.
    ///
    /// - Parameters:
    ///   - source: the branch that is merged.
    ///   - branch: the branch that it is merged into; nil means the default branch.
    ///   - message: the commit's message.
    ///   - files: changes on top of the merged tree.
    @discardableResult
    public func merge(
        _ source: String, into branch: String? = nil, message: String = "merge", _ files: [String: FixtureFile] = [:]
    ) throws -> CommitID {
        let ours = try tip(of: branch ?? defaultBranch)
        let theirs = try tip(of: source)
        return try withRepository { repository in
            let tree = try repository.mergedTree(ours, theirs, files)
            return try record(repository, message, tree, parents: [ours, theirs], on: branch)
        }
    }

    /// Points a branch at a commit, whatever it pointed at before: a new branch, a reset or a force-push.
    public func point(_ branch: String, at commit: CommitID) throws {
        try withRepository { try $0.setRef("refs/heads/" + branch, commit) }
    }

    /// Deletes a branch.
    public func deleteBranch(_ branch: String) throws {
        try withRepository { try LibraryError.check(git_reference_remove($0.pointer, "refs/heads/" + branch)) }
    }

    /// Lets HEAD name another branch, which need not exist.
    public func setHead(_ branch: String) throws {
        try withRepository { try LibraryError.check(git_repository_set_head($0.pointer, "refs/heads/" + branch)) }
    }

    /// Tags a commit, with a message as an annotated tag, and returns what the ref points at.
    @discardableResult
    public func tag(_ name: String, at commit: CommitID, message: String? = nil) throws -> ObjectID {
        let time = nextTimeSeconds()
        return try withRepository { try $0.tag(name, commit, message: message, timeSeconds: time) }
    }

    /// The commit that a branch points at; nil means the default branch.
    public func tip(of branch: String? = nil) throws -> CommitID {
        try withRepository { try $0.tip("refs/heads/" + (branch ?? defaultBranch)) }
    }

    /// Commits a tree of raw entries that git itself would refuse to make, such as the name `..`.
    @discardableResult
    public func commitRaw(_ message: String, _ entries: [(mode: String, name: String, content: String)]) throws
        -> CommitID
    {
        try withRepository { repository in
            let tree = try repository.rawTree(entries)
            return try record(repository, message, tree, parents: [], on: nil)
        }
    }

    /// Points a branch at a commit that says nothing of who made it, which git does not make and cannot read.
    @discardableResult
    public func commitMalformed(on branch: String) throws -> CommitID {
        let tree = try tip()
        return try withRepository { repository in
            let id = try repository.malformedCommit(like: tree)
            try repository.setRef("refs/heads/" + branch, id)
            return id
        }
    }

    /// Points a branch at a commit that can be read, above one that cannot.
    @discardableResult
    public func commitAboveMalformed(on branch: String) throws -> CommitID {
        let parent = try commitMalformed(on: branch)
        let (tree, time) = (try tip(), nextTimeSeconds())
        return try withRepository { repository in
            let id = try repository.commit(above: parent, like: tree, timeSeconds: time)
            try repository.setRef("refs/heads/" + branch, id)
            return id
        }
    }

    /// Takes a loose object away, as a failing disk does.
    public func lose(_ object: ObjectID) throws {
        try FileManager.default.removeItem(
            atPath: "\(isBare ? path : path + "/.git")/objects/\(object.hex.prefix(2))/\(object.hex.dropFirst(2))")
    }

    /// Writes a file of the work tree without committing it.
    public func write(_ relativePath: String, _ text: String) throws {
        let target = URL(fileURLWithPath: path + "/" + relativePath)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: target)
    }

    private func record(
        _ repository: FixtureRepository, _ message: String, _ tree: git_oid, parents: [CommitID], on branch: String?
    ) throws -> CommitID {
        let ref = "refs/heads/" + (branch ?? defaultBranch)
        let id = try repository.commit(message, tree, parents: parents, timeSeconds: nextTimeSeconds())
        try repository.setRef(ref, id)
        if !isBare, branch == nil || branch == defaultBranch { try repository.checkOutHead() }
        return id
    }

    private func nextTimeSeconds() -> Int64 {
        commitCount.withLock { count in
            count += 1
            return Self.firstTimeSeconds + count * 60
        }
    }

    private func withRepository<Value>(_ body: (FixtureRepository) throws -> Value) throws -> Value {
        try body(FixtureRepository(path: path))
    }
}
