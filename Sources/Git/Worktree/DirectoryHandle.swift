import Glibc

/// An open directory; everything in it is reached by name, and a symlink in its place is never entered.
struct DirectoryHandle: ~Copyable {
    let descriptor: Int32
    /// For errors.
    let path: String
    /// Deeper directories are not removed.
    private static let depthMax = 4096

    /// Opens a directory by its path.
    init(path: String) throws(GitError) {
        try self.init(path: path) { open(path, $0) }
    }

    /// Opens a directory inside another.
    init(_ name: UnsafePointer<CChar>, in parent: borrowing DirectoryHandle) throws(GitError) {
        let descriptor = parent.descriptor
        try self.init(path: parent.path + "/" + String(cString: name)) { openat(descriptor, name, $0) }
    }

    private init(path: String, _ open: (_ flags: Int32) -> Int32) throws(GitError) {
        let opened = open(O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard opened >= 0 else { throw GitError.system(errno, operation: "open directory", subject: path) }
        descriptor = opened
        self.path = path
    }

    deinit {
        close(descriptor)
    }

    /// All names in it but `.` and `..`.
    func names() throws(GitError) -> Set<FileName> {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw failure("list") }
        guard let stream = fdopendir(copy) else {
            let error = failure("list")
            close(copy)
            throw error
        }
        defer { closedir(stream) }
        var names: Set<FileName> = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { FileName($0) }
            }
            if !name.isDot { names.insert(name) }
            errno = 0
        }
        guard errno == 0 else { throw failure("list") }
        return names
    }

    /// What a name is, symlinks not followed; nil if nothing is there.
    func stamp(of name: UnsafePointer<CChar>) throws(GitError) -> FileStamp? {
        var status = stat()
        if fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return FileStamp(status) }
        guard errno == ENOENT else { throw failure("look at", name) }
        return nil
    }

    /// Makes a directory.
    func makeDirectory(_ name: UnsafePointer<CChar>) throws(GitError) {
        if mkdirat(descriptor, name, 0o755) == 0 { return }
        guard errno == EACCES, makeWritable(), mkdirat(descriptor, name, 0o755) == 0 else {
            throw failure("make directory", name)
        }
    }

    /// Lets the owner change this directory, which a build may have forbidden; whether that worked.
    func makeWritable() -> Bool { fchmod(descriptor, 0o755) == 0 }

    /// Removes a file, a symlink itself, or a directory with all that it holds.
    func remove(_ name: UnsafePointer<CChar>, depth: Int = 0) throws(GitError) {
        if unlink(name, 0) { return }
        guard errno == EISDIR || errno == EPERM, depth < Self.depthMax else { throw failure("remove", name) }
        if faccessat(descriptor, name, R_OK | X_OK, 0) != 0 { _ = fchmodat(descriptor, name, 0o755, 0) }
        try empty(name, depth: depth)
        guard unlink(name, AT_REMOVEDIR) else { throw failure("remove", name) }
    }

    private func empty(_ name: UnsafePointer<CChar>, depth: Int) throws(GitError) {
        let inner = try DirectoryHandle(name, in: self)
        for entry in try inner.names() {
            try entry.withCString { (name) throws(GitError) in try inner.remove(name, depth: depth + 1) }
        }
    }

    /// Whether the name is gone; makes this directory writable and tries once more if it was not.
    private func unlink(_ name: UnsafePointer<CChar>, _ flags: Int32) -> Bool {
        if unlinkat(descriptor, name, flags) == 0 || errno == ENOENT { return true }
        guard errno == EACCES, makeWritable() else { return false }
        return unlinkat(descriptor, name, flags) == 0 || errno == ENOENT
    }

    /// An error about this directory, or a name in it, from `errno`.
    func failure(_ operation: String, _ name: UnsafePointer<CChar>? = nil) -> GitError {
        let number = errno
        let subject = name.map { path + "/" + String(cString: $0) } ?? path
        return GitError.system(number, operation: operation, subject: subject)
    }
}
