import CLibGit2
import Model

/// An open repository that a ``RepositoryBuilder`` writes to.
final class FixtureRepository {
    let pointer: OpaquePointer

    init(path: String) throws {
        var opened: OpaquePointer?
        try LibraryError.check(git_repository_open(&opened, path))
        guard let opened else { throw LibraryError(description: "no repository") }
        pointer = opened
    }

    deinit {
        git_repository_free(pointer)
    }

    /// The tree of `parent` with changes.
    func tree(from parent: CommitID?, _ files: [String: FixtureFile]) throws -> git_oid {
        var index: OpaquePointer?
        try LibraryError.check(git_index_new(&index))
        defer { git_index_free(index) }
        if let parent {
            let tree = try treeOf(parent)
            defer { git_tree_free(tree) }
            try LibraryError.check(git_index_read_tree(index, tree))
        }
        return try write(index, files)
    }

    /// The tree that a merge of two commits without conflicts gives, with changes.
    func mergedTree(_ ours: CommitID, _ theirs: CommitID, _ files: [String: FixtureFile]) throws -> git_oid {
        let (one, two) = (try commitOf(ours), try commitOf(theirs))
        defer {
            git_commit_free(one)
            git_commit_free(two)
        }
        var index: OpaquePointer?
        try LibraryError.check(git_merge_commits(&index, pointer, one, two, nil))
        defer { git_index_free(index) }
        guard git_index_has_conflicts(index) == 0 else { throw LibraryError(description: "merge conflict") }
        return try write(index, files)
    }

    /// Writes a tree object of entries that nobody checks.
    func rawTree(_ entries: [(mode: String, name: String, content: String)]) throws -> git_oid {
        var bytes: [UInt8] = []
        for entry in entries {
            let id = try blob(Array(entry.content.utf8))
            bytes += Array((entry.mode + " " + entry.name).utf8) + [0]
            bytes += withUnsafeBytes(of: id) { Array($0) }
        }
        var database: OpaquePointer?
        try LibraryError.check(git_repository_odb(&database, pointer))
        defer { git_odb_free(database) }
        var tree = git_oid()
        try LibraryError.check(git_odb_write(&tree, database, bytes, bytes.count, GIT_OBJECT_TREE))
        return tree
    }

    func commit(_ message: String, _ tree: git_oid, parents: [CommitID], timeSeconds: Int64) throws -> CommitID {
        var treeID = tree
        var treePointer: OpaquePointer?
        var id = git_oid()
        let author = try signature(timeSeconds)
        defer { git_signature_free(author) }
        var parentPointers = try parents.map { try commitOf($0) }
        defer { for parent in parentPointers { git_commit_free(parent) } }
        // A raw tree cannot be looked up, so commits are then written by their bytes.
        guard git_tree_lookup(&treePointer, pointer, &treeID) == 0 else {
            return try rawCommit(message, tree, timeSeconds: timeSeconds)
        }
        defer { git_tree_free(treePointer) }
        try LibraryError.check(
            git_commit_create(
                &id, pointer, nil, author, author, nil, message, treePointer, parentPointers.count, &parentPointers))
        return CommitID(Self.object(id))
    }

    func setRef(_ name: String, _ commit: CommitID) throws {
        var id = Self.library(commit.object)
        var made: OpaquePointer?
        try LibraryError.check(git_reference_create(&made, pointer, name, &id, 1, nil))
        git_reference_free(made)
    }

    func tip(_ ref: String) throws -> CommitID {
        var id = git_oid()
        try LibraryError.check(git_reference_name_to_id(&id, pointer, ref))
        return CommitID(Self.object(id))
    }

    func tag(_ name: String, _ commit: CommitID, message: String?, timeSeconds: Int64) throws -> ObjectID {
        let target = try commitOf(commit)
        defer { git_commit_free(target) }
        var id = git_oid()
        if let message {
            let tagger = try signature(timeSeconds)
            defer { git_signature_free(tagger) }
            try LibraryError.check(git_tag_create(&id, pointer, name, target, tagger, message, 1))
        } else {
            try LibraryError.check(git_tag_create_lightweight(&id, pointer, name, target, 1))
        }
        return Self.object(id)
    }

    func checkOutHead() throws {
        var options = git_checkout_options()
        try LibraryError.check(git_checkout_options_init(&options, UInt32(GIT_CHECKOUT_OPTIONS_VERSION)))
        options.checkout_strategy = GIT_CHECKOUT_FORCE.rawValue
        try LibraryError.check(git_checkout_head(pointer, &options))
    }

    private func write(_ index: OpaquePointer?, _ files: [String: FixtureFile]) throws -> git_oid {
        // Sources of copies are read before anything is changed.
        var copies: [String: (git_oid, UInt32)] = [:]
        for case .copied(let source) in files.values {
            guard let entry = git_index_get_bypath(index, source, 0) else {
                throw LibraryError(description: "nothing at \(source)")
            }
            copies[source] = (entry.pointee.id, entry.pointee.mode)
        }
        for (path, file) in files.sorted(by: { $0.key < $1.key }) {
            switch file {
            case .text(let text): try add(index, path, try blob(Array(text.utf8)), 0o100644)
            case .bytes(let bytes): try add(index, path, try blob(bytes), 0o100644)
            case .executable(let text): try add(index, path, try blob(Array(text.utf8)), 0o100755)
            case .symlink(let target): try add(index, path, try blob(Array(target.utf8)), 0o120000)
            case .copied(let source):
                guard let (id, mode) = copies[source] else { continue }
                try add(index, path, id, mode)
            case .deleted:
                try LibraryError.check(git_index_remove_directory(index, path, 0))
                if git_index_get_bypath(index, path, 0) != nil {
                    try LibraryError.check(git_index_remove(index, path, 0))
                }
            }
        }
        var tree = git_oid()
        try LibraryError.check(git_index_write_tree_to(&tree, index, pointer))
        return tree
    }

    private func add(_ index: OpaquePointer?, _ path: String, _ id: git_oid, _ mode: UInt32) throws {
        var entry = git_index_entry()
        entry.id = id
        entry.mode = mode
        try path.withCString { name in
            entry.path = name
            try LibraryError.check(git_index_add(index, &entry))
        }
    }

    private func blob(_ bytes: [UInt8]) throws -> git_oid {
        var id = git_oid()
        try LibraryError.check(git_blob_create_from_buffer(&id, pointer, bytes, bytes.count))
        return id
    }

    /// Writes a commit of the same tree as another, whose author and committer nobody can read.
    func malformedCommit(like commit: CommitID) throws -> CommitID {
        let tree = try treeOf(commit)
        defer { git_tree_free(tree) }
        guard let id = git_tree_id(tree) else { throw LibraryError(description: "a tree without an id") }
        return try writeCommit("tree \(Self.object(id.pointee).hex)\nauthor nobody\ncommitter nobody\n\nx\n")
    }

    /// Writes a commit of the same tree as another, whose parent need not be one that can be read.
    func commit(above parent: CommitID, like commit: CommitID, timeSeconds: Int64) throws -> CommitID {
        let tree = try treeOf(commit)
        defer { git_tree_free(tree) }
        guard let id = git_tree_id(tree) else { throw LibraryError(description: "a tree without an id") }
        return try rawCommit("above", id.pointee, parent: parent, timeSeconds: timeSeconds)
    }

    private func rawCommit(
        _ message: String, _ tree: git_oid, parent: CommitID? = nil, timeSeconds: Int64
    ) throws -> CommitID {
        let person = "Test <test@example.com> \(timeSeconds) +0000"
        let ancestry = parent.map { "parent \($0.hex)\n" } ?? ""
        return try writeCommit(
            "tree \(Self.object(tree).hex)\n\(ancestry)author \(person)\ncommitter \(person)\n\n\(message)\n")
    }

    private func writeCommit(_ text: String) throws -> CommitID {
        var database: OpaquePointer?
        try LibraryError.check(git_repository_odb(&database, pointer))
        defer { git_odb_free(database) }
        var id = git_oid()
        let bytes = Array(text.utf8)
        try LibraryError.check(git_odb_write(&id, database, bytes, bytes.count, GIT_OBJECT_COMMIT))
        return CommitID(Self.object(id))
    }

    private func signature(_ timeSeconds: Int64) throws -> UnsafeMutablePointer<git_signature>? {
        var made: UnsafeMutablePointer<git_signature>?
        try LibraryError.check(git_signature_new(&made, "Test", "test@example.com", timeSeconds, 0))
        return made
    }

    private func commitOf(_ id: CommitID) throws -> OpaquePointer? {
        var library = Self.library(id.object)
        var commit: OpaquePointer?
        try LibraryError.check(git_commit_lookup(&commit, pointer, &library))
        return commit
    }

    private func treeOf(_ id: CommitID) throws -> OpaquePointer? {
        let commit = try commitOf(id)
        defer { git_commit_free(commit) }
        var tree: OpaquePointer?
        try LibraryError.check(git_commit_tree(&tree, commit))
        return tree
    }

    private static func library(_ id: ObjectID) -> git_oid {
        var library = git_oid()
        withUnsafeMutableBytes(of: &library) { $0.copyBytes(from: id.bytes.prefix(20)) }
        return library
    }

    private static func object(_ id: git_oid) -> ObjectID {
        guard let object = ObjectID(bytes: withUnsafeBytes(of: id) { Array($0) }) else {
            preconditionFailure("20 bytes are an object id")
        }
        return object
    }
}
