import Foundation

/// The files of a checkout as `source.read` and `source.write` see them: nothing outside of it is reached.
struct CheckoutFiles: Sendable {
    /// The checkout's root, symbolic links resolved.
    private let root: String
    /// The package's directory.
    let directory: String
    /// The largest file that is read into a function: 64 MiB.
    private static let fileBytesMax = 64 << 20

    /// Makes a value for a package's directory (`""` for the root) in the checkout at `root`.
    init(root: String, packageDirectory: String) throws(RunnerError) {
        guard let resolved = realpath(root, nil) else {
            throw RunnerError(.machine, operation: "find", subject: root, cause: String(cString: strerror(errno)))
        }
        defer { free(resolved) }
        self.root = String(cString: resolved)
        directory = packageDirectory.isEmpty ? self.root : self.root + "/" + packageDirectory
    }

    /// Reads a file, by a path from the package's directory, or from the root after `//`.
    func read(_ path: String) throws -> [UInt8] {
        let place = try self.place(of: path)
        guard let resolved = resolve(place) else { throw failure("read", path, errno) }
        guard isInside(resolved) else { throw outside("read", path) }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: resolved, isDirectory: &isDirectory), !isDirectory.boolValue
        else { throw failure("read", path, EISDIR) }
        let size = try FileManager.default.attributesOfItem(atPath: resolved)[.size] as? Int ?? 0
        guard size <= Self.fileBytesMax else {
            throw RunnerError(
                .machine, operation: "read", subject: path,
                cause: "it has \(size) bytes, more than the \(Self.fileBytesMax) allowed")
        }
        return Array(try Data(contentsOf: URL(fileURLWithPath: resolved)))
    }

    /// Writes a file, making the directories that it needs.
    ///
    /// What a symbolic link of the checkout leads to is written only if that is inside, too.
    func write(_ path: String, _ content: [UInt8]) throws {
        let place = try self.place(of: path)
        let parent = String(place[..<(place.lastIndex(of: "/") ?? place.startIndex)])
        guard isInside(nearestExisting(parent)) else { throw outside("write", path) }
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        if let resolved = resolve(place), !isInside(resolved) { throw outside("write", path) }
        // A link to nothing has no resolved form: it would be followed to wherever it leads, and is refused instead.
        let descriptor = open(resolve(place) ?? place, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw errno == ELOOP ? outside("write", path) : failure("write", path, errno) }
        defer { close(descriptor) }
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw failure("write", path, errno) }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// The absolute place of a path, with `.` and `..` worked out; refused when that is outside.
    private func place(of path: String) throws -> String {
        guard !path.isEmpty, !path.utf8.contains(0), path.hasPrefix("//") || !path.hasPrefix("/") else {
            throw RunnerError(
                .machine, operation: "find", subject: "'\(path)'",
                cause: "a path is relative to the package's directory, or to the root of the repo after '//'")
        }
        let start = path.hasPrefix("//") ? "" : String(directory.dropFirst(root.count))
        var parts = start.split(separator: "/").map(String.init)
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { throw outside("find", path) }
            } else {
                parts.append(String(part))
            }
        }
        guard !parts.isEmpty else { throw failure("find", path, EISDIR) }
        return root + "/" + parts.joined(separator: "/")
    }

    private func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The resolved form of the nearest directory above a path that exists.
    private func nearestExisting(_ path: String) -> String {
        var path = path
        while true {
            if let resolved = resolve(path) { return resolved }
            guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
            path = String(path[..<slash])
        }
    }

    private func isInside(_ path: String) -> Bool { path == root || path.hasPrefix(root + "/") }

    private func outside(_ operation: String, _ path: String) -> RunnerError {
        RunnerError(.machine, operation: operation, subject: "'\(path)'", cause: "it is outside of the checkout")
    }

    private func failure(_ operation: String, _ path: String, _ reason: Int32) -> RunnerError {
        RunnerError(
            .machine, operation: operation, subject: "'\(path)'", cause: String(cString: strerror(reason)))
    }
}
