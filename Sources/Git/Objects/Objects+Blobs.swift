import CLibGit2
import Model

extension Objects {
    /// The default bound on a blob that is read into memory: 8 MiB.
    public static let blobBytesMax = 8 << 20

    /// The content of a blob.
    ///
    /// - Parameters:
    ///   - id: which.
    ///   - bytesMax: more throw `tooLarge` before anything is read.
    /// - Throws: `missingObject`, `corrupted`, `wrongKind`, `tooLarge`.
    public func blob(_ id: BlobID, bytesMax: Int = Objects.blobBytesMax) throws(GitError) -> [UInt8] {
        let raw = try RawID(id.object, "read blob")
        try checkSize(of: raw, bytesMax: bytesMax, subject: id.hex)
        return try withObject(raw, type: GIT_OBJECT_BLOB, "read blob") { Array($0) }
    }

    /// The content of the file at a path of a tree.
    ///
    /// - Throws: `missingPath` if nothing is there, `wrongKind` if it is a directory, a symlink (its target is in the
    ///   cause; it is not followed) or a submodule, and what ``blob(_:bytesMax:)`` throws.
    public func file(
        at path: String, in tree: TreeID, bytesMax: Int = Objects.blobBytesMax
    ) throws(GitError) -> [UInt8] {
        guard let entry = try entry(at: path, in: tree) else {
            throw GitError(
                .missingPath, operation: "read", subject: path, cause: "tree \(tree.short) has nothing at that path")
        }
        switch entry.kind {
        case .file, .executable:
            return try blob(BlobID(entry.id), bytesMax: bytesMax)
        case .symlink:
            let target = try blob(BlobID(entry.id), bytesMax: 4096)
            throw GitError(
                .wrongKind, operation: "read", subject: path,
                cause: "it is a symlink to '\(String(decoding: target, as: UTF8.self))', and symlinks are not followed")
        case .directory, .submodule:
            throw GitError(.wrongKind, operation: "read", subject: path, cause: "it is a \(entry.kind.rawValue)")
        }
    }

    /// The number of bytes of a blob, without reading it.
    ///
    /// - Throws: `missingObject`, `corrupted`.
    public func blobByteCount(_ id: BlobID) throws(GitError) -> Int {
        try byteCount(of: try RawID(id.object, "look up blob"))
    }

    func checkSize(of id: RawID, bytesMax: Int, subject: String) throws(GitError) {
        let count = try byteCount(of: id)
        guard count <= bytesMax else {
            throw GitError(
                .tooLarge, operation: "read blob", subject: subject,
                cause: "it has \(count) bytes, and at most \(bytesMax) are read")
        }
    }

    /// The number of bytes of an object, without reading it.
    func byteCount(of id: RawID) throws(GitError) -> Int { try header(of: id).byteCount }

    /// The type of an object, without reading it.
    func type(of id: RawID) throws(GitError) -> git_object_t { try header(of: id).type }

    private func header(of id: RawID) throws(GitError) -> (byteCount: Int, type: git_object_t) {
        var library = id.library
        var count = 0
        var type = GIT_OBJECT_INVALID
        try check(git_odb_read_header(&count, &type, database, &library), "look up object", id.hex)
        return (count, type)
    }
}
