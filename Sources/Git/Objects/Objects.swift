import CLibGit2
import Model

/// The object database of one repository, read synchronously.
///
/// It is not `Sendable`: it lives on the executor of the actor that owns it and is lent to closures there, see
/// ``Reader/read(_:)``. Everything is found by id or by path inside a tree; symlinks are reported, never followed.
public final class Objects {
    /// Where the repository is; for errors.
    public let path: String
    /// What earlier walks found out about trees; shared by all readers of one mirror.
    let trees: TreeCache
    private let repositoryHandle: Handle
    private let databaseHandle: Handle

    /// libgit2's repository, valid as long as this object.
    var repository: OpaquePointer { repositoryHandle.pointer }
    /// libgit2's object database, valid as long as this object.
    var database: OpaquePointer { databaseHandle.pointer }

    /// Takes over an open repository.
    init(path: String, repository: consuming Handle, trees: TreeCache) throws(GitError) {
        let pointer = repository.pointer
        databaseHandle = try Handle(git_odb_free, "open object database", path) {
            git_repository_odb(&$0, pointer)
        }
        repositoryHandle = repository
        self.path = path
        self.trees = trees
    }

    /// Opens a bare repository such as a mirror.
    ///
    /// - Throws: `repositoryNotFound`, `ownership`, `corrupted`, `unsupportedFormat`.
    convenience init(bare path: String, trees: TreeCache) throws(GitError) {
        let handle = try Handle(git_repository_free, "open repository", path) {
            git_repository_open_bare(&$0, path)
        }
        try self.init(path: path, repository: handle, trees: trees)
    }

    /// Whether the object is in the repository.
    public func contains(_ id: ObjectID) -> Bool {
        guard let raw = try? RawID(id, "look up") else { return false }
        var library = raw.library
        return git_odb_exists(database, &library) == 1
    }

    /// Lends the bytes of one object to `body`.
    ///
    /// - Throws: `missingObject`, `corrupted`, `wrongKind` if it is of another type, and what `body` throws.
    func withObject<Value>(
        _ id: RawID, type: git_object_t, _ operation: String,
        _ body: (UnsafeRawBufferPointer) throws(GitError) -> Value
    ) throws(GitError) -> Value {
        var library = id.library
        let object = try Handle(git_odb_object_free, operation, id.hex) {
            git_odb_read(&$0, database, &library)
        }
        guard git_odb_object_type(object.pointer) == type else {
            throw GitError(
                .wrongKind, operation: operation, subject: id.hex, cause: "the object is of another type")
        }
        let bytes = UnsafeRawBufferPointer(
            start: git_odb_object_data(object.pointer), count: git_odb_object_size(object.pointer))
        return try body(bytes)
    }
}
