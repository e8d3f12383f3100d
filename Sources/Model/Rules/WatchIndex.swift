/// Says which packages watch a path: by directory, and by the files that their package files load.
///
/// A look-up costs as much as the path has parts, however many packages there are.
public struct WatchIndex<PackageKey: Hashable & Sendable>: Sendable {
    private var packagesByDirectory: [String: [PackageKey]] = [:]
    private var loadsByPath: [String: [(package: PackageKey, chain: [String])]] = [:]

    /// Makes an empty index.
    public init() {}

    /// Adds a package that watches `directory` (`""` for the root), everything under it, and the loaded files.
    public mutating func insert(_ package: PackageKey, directory: String, loads: [LoadedFile]) {
        packagesByDirectory[directory, default: []].append(package)
        for load in loads {
            loadsByPath[load.path, default: []].append((package, load.chain))
        }
    }

    /// The packages that watch any of `paths`, each with the first reason found, paths taken in their order.
    public func affected(by paths: some Sequence<String>) -> [PackageKey: AffectedReason] {
        var reasons: [PackageKey: AffectedReason] = [:]
        for path in paths {
            for directory in Self.directories(above: path) {
                for package in packagesByDirectory[directory] ?? [] where reasons[package] == nil {
                    reasons[package] = .directory(path: path)
                }
            }
            for (package, chain) in loadsByPath[path] ?? [] where reasons[package] == nil {
                reasons[package] = .load(path: path, chain: chain)
            }
        }
        return reasons
    }

    /// Every directory that holds `path`, the nearest first, the root (`""`) last.
    public static func directories(above path: String) -> [String] {
        var directories: [String] = []
        var rest = path.utf8[...]
        while let slash = rest.lastIndex(of: UInt8(ascii: "/")) {
            rest = rest[..<slash]
            directories.append(String(Substring(rest)))
        }
        directories.append("")
        return directories
    }
}
