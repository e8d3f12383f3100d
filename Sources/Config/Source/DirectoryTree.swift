import Foundation

/// A checkout on disk as a ``SourceTree``.
///
/// No symbolic link is followed below the root, so that a repo cannot name files outside of its checkout.
public struct DirectoryTree: SourceTree {
    /// The absolute path of the checkout's root.
    public let root: String
    private let fileBytesMax: Int

    /// Makes a tree of the checkout at `root`, which may itself be reached through symbolic links.
    ///
    /// - Parameter fileBytesMax: of larger files only one byte more than this is read.
    public init(root: String, fileBytesMax: Int = ConfigLimits().fileBytesMax) {
        self.root = root
        self.fileBytesMax = fileBytesMax
    }

    /// Reads files, walking each path one directory at a time.
    public func read(_ paths: [String]) async throws -> [[UInt8]?] {
        try paths.map(readFile)
    }

    /// What is at a path that has no regular file, or which link is on the way there.
    public func obstacle(at path: String) async throws -> SourceObstacle? {
        let parts = path.split(separator: "/")
        for count in 1...max(1, parts.count) {
            let place = parts.prefix(count).joined(separator: "/")
            var status = stat()
            guard lstat(root + "/" + place, &status) == 0 else { return nil }
            switch status.st_mode & S_IFMT {
            case S_IFLNK:
                let target = try? FileManager.default.destinationOfSymbolicLink(atPath: root + "/" + place)
                return .link(at: place, target: target ?? "")
            case S_IFDIR where count < parts.count: continue
            case S_IFDIR: return .other(at: place, kind: "directory")
            case S_IFREG: return count < parts.count ? .other(at: place, kind: "file") : nil
            default: return .other(at: place, kind: "special file")
            }
        }
        return nil
    }

    /// Reads one directory.
    public func list(_ directory: String) async throws -> [String] {
        guard let descriptor = try open(directory, flags: O_RDONLY | O_DIRECTORY) else { return [] }
        guard let stream = fdopendir(descriptor) else {
            close(descriptor)
            throw unreadable(directory)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." && name != ".git" { names.append(name) }
        }
        return names.sorted()
    }

    private func readFile(_ path: String) throws -> [UInt8]? {
        guard let descriptor = try open(path, flags: O_RDONLY) else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        return try contents(of: descriptor, count: min(Int(status.st_size), fileBytesMax + 1), path: path)
    }

    private func contents(of descriptor: Int32, count: Int, path: String) throws -> [UInt8] {
        var failure: ConfigError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = Foundation.read(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled)
                if got > 0 {
                    filled += got
                } else if got == 0 {
                    return
                } else if errno != EINTR {
                    failure = unreadable(path)
                    return
                }
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Opens a path below the root without following symbolic links; nil when there is nothing to open.
    private func open(_ path: String, flags: Int32) throws -> Int32? {
        var current = Foundation.open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard current >= 0 else { throw unreadable(path) }
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        for (position, part) in parts.enumerated() {
            let isLast = position == parts.count - 1
            let partFlags = (isLast ? flags : O_RDONLY | O_DIRECTORY) | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
            let next = openat(current, String(part), partFlags)
            let reason = errno
            close(current)
            guard next >= 0 else {
                if [ENOENT, ENOTDIR, ELOOP, ENXIO, ENAMETOOLONG].contains(reason) { return nil }
                throw unreadable(path, reason: reason)
            }
            current = next
        }
        return current
    }

    private func unreadable(_ path: String, reason: Int32 = errno) -> ConfigError {
        ConfigError(
            .unreadable, operation: "read", subject: path,
            cause: "cannot read it in \(root): \(String(cString: strerror(reason)))")
    }
}
