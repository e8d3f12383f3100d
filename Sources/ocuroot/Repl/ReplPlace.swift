import Config
import Foundation

/// Where a console works: a checkout, and a file in it.
struct ReplPlace: Equatable {
    /// The root of the checkout, the nearest directory above with a .git or a repo.ocu.star; without one the
    /// directory itself.
    let root: String
    /// The file from the root; in a directory without one, the name of its package file.
    let path: String

    /// The directory of the file from the root.
    var directory: String {
        path.contains("/") ? String(path.split(separator: "/").dropLast().joined(separator: "/")) : ""
    }

    /// Looks upward from the file, or from the working directory.
    ///
    /// - Throws: a ``CommandError`` when there is no such file.
    init(file: String?, workingDirectory: String = FileManager.default.currentDirectoryPath) throws {
        let base = URL(fileURLWithPath: workingDirectory, isDirectory: true)
        let url = URL(fileURLWithPath: file ?? "package.ocu.star", relativeTo: base).standardizedFileURL
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
        guard file == nil || exists && !isDirectory.boolValue else {
            throw CommandError(
                "there is no file \(file ?? url.path)",
                hint: "name a .star file, or none to begin with an empty console", status: .usage)
        }
        let start = url.deletingLastPathComponent().resolvingSymlinksInPath()
        var root = start
        for candidate in sequence(first: start, next: Self.parent) where Self.isRoot(candidate) {
            root = candidate
            break
        }
        self.root = root.path
        let inside = start.path.dropFirst(root.path.count).drop { $0 == "/" }
        path = (inside.isEmpty ? "" : inside + "/") + url.lastPathComponent
    }

    private static func parent(_ directory: URL) -> URL? {
        directory.path == "/" ? nil : directory.deletingLastPathComponent()
    }

    private static func isRoot(_ directory: URL) -> Bool {
        [".git", "repo.ocu.star"].contains { FileManager.default.fileExists(atPath: directory.path + "/" + $0) }
    }
}
