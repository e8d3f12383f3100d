import Blocking
import CLibGit2
import Foundation
import Model

/// A directory that is made to hold exactly the files of a tree, for a Run.
///
/// What a Run left behind is removed, ignored files too; only `.ocuroot/` at the top stays. What is right already is
/// not written again. Nothing is ever written through a symlink. There is no `.git` in it. A file beside the
/// directory, with the suffix `.manifest`, remembers what was written; it may be deleted at any time.
public actor Worktree {
    /// The directory.
    public nonisolated let directory: String
    private nonisolated let executor: BlockingExecutor
    private let limits: WorktreeLimits

    /// Runs everything on this actor's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a value; nothing is touched before the first call.
    ///
    /// - Parameters:
    ///   - directory: absolute; made if missing. It must not be a symlink.
    ///   - limits: bounds on what is written.
    public init(directory: String, limits: WorktreeLimits = WorktreeLimits()) {
        self.directory = directory
        self.limits = limits
        executor = BlockingExecutor(label: "ocuroot.git.worktree")
    }

    /// Makes the directory hold exactly the files of a tree.
    ///
    /// One that fails or is cancelled leaves the directory in between; the next one puts it right.
    ///
    /// - Parameters:
    ///   - tree: which files.
    ///   - repository: the bare repository that holds the tree, such as ``Mirror/path``.
    /// - Throws: `missingObject`, `corrupted`, `unsafePath` for a tree with names such as `.git`, `tooLarge`,
    ///   `fileSystem`, `locked` if another process is at it, `cancelled`.
    @discardableResult
    public func checkOut(_ tree: TreeID, from repository: String) throws(GitError) -> CheckOutReport {
        try makeDirectory()
        let objects = try Objects(bare: repository, trees: TreeCache())
        let lock = try FileLock(path: directory + ".lock", attemptsMax: 500) { Task.isCancelled }
        return try lock.hold { () throws(GitError) in
            try update(to: tree, objects)
        }
    }

    /// Makes the directory hold the files of a commit, fetching it first if the mirror does not have it.
    ///
    /// - Parameters:
    ///   - commit: which files.
    ///   - patch: uncommitted changes on top of the commit; nil or empty for none.
    ///   - mirror: where the commit is, or is fetched to.
    /// - Throws: what ``checkOut(_:from:)``, ``Mirror/ensure(_:)`` and ``Objects/apply(patch:to:bytesMax:)`` throw.
    @discardableResult
    public func checkOut(
        _ commit: CommitID, patch: [UInt8]? = nil, from mirror: Mirror
    ) async throws(GitError) -> CheckOutReport {
        try await mirror.ensure(commit)
        let objects = try Objects(bare: mirror.path, trees: TreeCache())
        let tree = try objects.commit(commit).tree
        return try checkOut(
            try patch.map { text throws(GitError) in
                try objects.apply(patch: text, to: tree)
            } ?? tree, from: mirror.path)
    }

    private func update(to tree: TreeID, _ objects: Objects) throws(GitError) -> CheckOutReport {
        let file = directory + ".manifest"
        let filters = WorktreeFilters(objects: objects, tree: tree)
        var pass = WorktreePass(objects: objects, filters: filters, limits: limits, old: Manifest(file: file))
        try pass.run(tree: try RawID(tree.object, "check out"), directory: try DirectoryHandle(path: directory))
        try pass.manifest().write(to: file)
        return pass.report
    }

    private func makeDirectory() throws(GitError) {
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw GitError(
                .fileSystem, operation: "make directory", subject: directory,
                cause: (error as NSError).localizedDescription)
        }
    }
}
