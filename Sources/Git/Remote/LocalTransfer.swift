import CLibGit2
import Model

/// Brings objects from a repository on this machine, at a cost that follows what changed.
///
/// libgit2's own transport for local paths marks every file of the previous commit first, which takes 100 ms in a
/// repository of 100,000 files, and sends only what refs lead to. This walks from the wanted objects and stops at
/// what the mirror has: as every object arrives together with all that it leads to, nothing behind it is missing.
struct LocalTransfer {
    private let source: Objects
    private let target: Objects
    private let conversation: Conversation
    private let pack: LocalPack
    private var seen: Set<RawID> = []
    private var pending: [RawID]

    /// Opens the source.
    ///
    /// - Throws: `repositoryNotFound`, `ownership`, `corrupted`.
    init(
        of wanted: [RawID], from path: String, to target: Objects, _ conversation: Conversation
    ) throws(GitError) {
        let repository = try Handle(git_repository_free, "open repository", path) { git_repository_open(&$0, path) }
        guard git_repository_is_shallow(repository.pointer) == 0 else {
            throw GitError(
                .unsupportedFormat, operation: "fetch from", subject: path, cause: "it is a shallow clone",
                hint: "run in it: git fetch --unshallow")
        }
        source = try Objects(path: path, repository: repository, trees: target.trees)
        pack = try LocalPack(from: source, to: target, conversation)
        self.target = target
        self.conversation = conversation
        pending = wanted
    }

    /// Collects what is missing and stores it as one pack.
    ///
    /// - Throws: `missingObject` if the source lacks a wanted object, `tooLarge`, `cancelled`, `timedOut`.
    mutating func run() throws(GitError) {
        while let id = pending.popLast() {
            try checkStop()
            if isNew(id) { try add(id) }
        }
        try pack.store()
    }

    /// Whether an object is neither here nor on its way; remembers it.
    private mutating func isNew(_ id: RawID) -> Bool {
        guard seen.insert(id).inserted else { return false }
        var library = id.library
        return git_odb_exists_ext(target.database, &library, GIT_ODB_LOOKUP_NO_REFRESH.rawValue) == 0
    }

    private mutating func add(_ id: RawID) throws(GitError) {
        switch try source.type(of: id) {
        case GIT_OBJECT_COMMIT:
            let commit = try source.commit(id)
            for parent in commit.parents { pending.append(try RawID(parent.object, "fetch")) }
            try pack.insert(id)
            let tree = try RawID(commit.tree.object, "fetch")
            if isNew(tree) { try addTree(tree, depth: 0) }
        case GIT_OBJECT_TREE:
            try addTree(id, depth: 0)
        case GIT_OBJECT_TAG:
            try pack.insert(id)
            var library = id.library
            let tag = try Handle(git_tag_free, "read tag", id.hex) {
                git_tag_lookup(&$0, source.repository, &library)
            }
            pending.append(RawID(git_tag_target_id(tag.pointer).pointee))
        default:
            try pack.insert(id)
        }
    }

    /// Adds a tree and all of it that is new.
    private mutating func addTree(_ id: RawID, depth: Int) throws(GitError) {
        guard depth < Objects.treeDepthMax else {
            throw GitError(
                .tooLarge, operation: "fetch tree", subject: id.hex,
                cause: "directories are nested deeper than \(Objects.treeDepthMax)")
        }
        try checkStop()
        try pack.insert(id)
        var directories: [RawID] = []
        var blobs: [RawID] = []
        try source.forEachRow(of: id) { row throws(GitError) in
            if row.isDirectory {
                directories.append(row.id)
            } else if TreeEntry.Kind(mode: row.mode)?.isBlob == true {
                blobs.append(row.id)
            }
            return true
        }
        for blob in blobs where isNew(blob) { try pack.insert(blob) }
        for directory in directories where isNew(directory) { try addTree(directory, depth: depth + 1) }
    }

    private func checkStop() throws(GitError) {
        guard conversation.control.stopReason == nil else { throw conversation.error(GIT_EUSER.rawValue, "fetch") }
    }
}
