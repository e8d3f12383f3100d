import Foundation

/// Finds and reads test files.
enum TestFiles {
    /// The `.star` files under a directory, sorted; only those in folders named `testdata` when it has such.
    static func paths(under directory: String) throws -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: directory) else {
            throw TestFilesError(path: directory, reason: "cannot be read")
        }
        var paths: [String] = []
        while let path = walk.nextObject() as? String, paths.count < countMax {
            if path.hasSuffix(".star") { paths.append(path) }
        }
        let chosen = paths.filter { "/\(path($0, in: directory))".contains("/testdata/") }
        return (chosen.isEmpty ? paths : chosen).sorted().map { path($0, in: directory) }
    }

    /// A file's bytes.
    static func read(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw TestFilesError(path: path, reason: "cannot be read")
        }
        return [UInt8](data)
    }

    private static let countMax = 100_000

    private static func path(_ name: String, in directory: String) -> String {
        directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
    }
}
