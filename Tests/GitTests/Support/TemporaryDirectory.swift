import Foundation

/// A directory that goes away with this object.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        // Resolved, because git reports paths without symlinks.
        let base = URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path
        path = base + "/ocuroot-git-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ name: String, _ text: String) throws {
        let target = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: target)
    }

    func read(_ name: String) -> String? {
        FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Every file, symlink and empty directory below, relative and sorted.
    func listing() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
            var isDirectory: ObjCBool = false
            let full = path + "/" + name
            if (try? FileManager.default.destinationOfSymbolicLink(atPath: full)) != nil { return true }
            let isThere = FileManager.default.fileExists(atPath: full, isDirectory: &isDirectory)
            guard isThere, isDirectory.boolValue else { return true }
            return (try? FileManager.default.contentsOfDirectory(atPath: full).isEmpty) ?? true
        }.sorted()
    }
}
