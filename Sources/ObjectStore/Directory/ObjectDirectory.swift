import Cryptography
import Glibc

/// A file tree that holds objects, with plain blocking calls.
///
/// Key `a/b` is the file ROOT/a/b. Writes go to a file in ROOT/.temporary first, which no key can name, are synced,
/// and are then renamed, so that a crash leaves an object as it was or as it should be.
struct ObjectDirectory: Sendable {
    private static let leftoverSeconds = 3600
    private static let temporaryName = ".temporary"

    let root: String
    let temporary: String

    /// Creates the tree if need be and removes what an hour-old crash left half-written.
    init(root: String) throws(ObjectStoreError) {
        self.root = root
        temporary = root + "/" + Self.temporaryName
        try Self.makeTree(root)
        guard mkdir(temporary, 0o700) == 0 || errno == EEXIST else { throw .system("create", temporary) }
        removeLeftovers()
    }

    func path(of key: ObjectKey) -> String { root + "/" + key.text }

    /// The folders between the root and the object, outermost first.
    func folders(of key: ObjectKey) -> [String] {
        var folders: [String] = []
        var path = root
        for segment in key.text.split(separator: "/").dropLast() {
            path += "/" + segment
            folders.append(path)
        }
        return folders
    }

    func get(_ key: ObjectKey, range: Range<Int>?, bytesMax: Int) throws(ObjectStoreError) -> [UInt8] {
        let file = try open(key)
        let range = (range ?? 0..<file.byteCount).clamped(to: 0..<file.byteCount)
        guard range.count <= bytesMax else {
            throw ObjectStoreError(
                .tooLarge, operation: "read object", subject: key.text,
                cause: "\(range.count) bytes, allowed are \(bytesMax)"
            )
        }
        return try file.read(range)
    }

    func open(_ key: ObjectKey) throws(ObjectStoreError) -> OpenFile {
        do throws(ObjectStoreError) {
            return try OpenFile(reading: path(of: key), operation: "read object", subject: key.text)
        } catch {
            throw error.code == .conflict ? .notFound(key) : error
        }
    }

    func head(_ key: ObjectKey) throws(ObjectStoreError) -> ObjectSummary? {
        var status = stat()
        guard lstat(path(of: key), &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .system("look up object", key.text)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        return ObjectSummary(key: key, byteCount: Int(status.st_size))
    }

    /// Removes the object and the folders that it leaves empty.
    func delete(_ key: ObjectKey) throws(ObjectStoreError) {
        guard try head(key) != nil else { return }
        guard unlink(path(of: key)) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return }
            throw .system("delete object", key.text)
        }
        let folders = folders(of: key)
        sync(folder: folders.last ?? root)
        for folder in folders.reversed() where rmdir(folder) != 0 { break }
    }

    /// Makes a rename or removal in `folder` last.
    func sync(folder: String) {
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func makeTree(_ path: String) throws(ObjectStoreError) {
        var built = path.hasPrefix("/") ? "" : "."
        for segment in path.split(separator: "/") {
            built += "/" + segment
            guard mkdir(built, 0o700) == 0 || errno == EEXIST else { throw .system("create", built) }
        }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw ObjectStoreError(.invalidAddress, operation: "open", subject: path, cause: "not a directory")
        }
    }

    private func removeLeftovers() {
        let now = time(nil)
        for name in FolderEntries.names(in: temporary) ?? [] {
            var status = stat()
            let path = temporary + "/" + name
            guard lstat(path, &status) == 0, now - status.st_mtim.tv_sec > Self.leftoverSeconds else { continue }
            unlink(path)
        }
    }
}

extension ObjectStoreError {
    static func notFound(_ key: ObjectKey) -> ObjectStoreError {
        ObjectStoreError(.notFound, operation: "read object", subject: key.text, cause: "no such object")
    }
}
