import Config
import Git
import Model

/// The config files of a repo at one commit, read from the object database without a checkout.
public struct GitSourceTree: SourceTree {
    private static let fileBytesMax = ConfigLimits().fileBytesMax
    private static let linkBytesMax = 4096

    private let reader: RepositoryReader
    private let tree: TreeID

    /// Makes a view of a tree.
    public init(reader: RepositoryReader, tree: TreeID) {
        self.reader = reader
        self.tree = tree
    }

    /// The bytes of each regular file, nil where there is none: nothing, a directory, a submodule or a symlink.
    ///
    /// A file over the bound of config files is given as that many blanks and one more, unread, so that it alone is
    /// refused for its size and not the whole tree.
    /// - Throws: `GitError`: the object database cannot be read, a path is refused.
    public func read(_ paths: [String]) async throws -> [[UInt8]?] {
        try await reader.read { objects in
            try paths.map { path in
                guard let entry = try objects.entry(at: path, in: tree) else { return nil }
                guard entry.kind == .file || entry.kind == .executable else { return nil }
                guard try objects.blobByteCount(BlobID(entry.id)) <= Self.fileBytesMax else {
                    return [UInt8](repeating: UInt8(ascii: " "), count: Self.fileBytesMax + 1)
                }
                return try objects.blob(BlobID(entry.id), bytesMax: Self.fileBytesMax)
            }
        }
    }

    /// The names in a directory; none when there is no such directory.
    public func list(_ directory: String) async throws -> [String] {
        try await reader.read { objects in
            guard directory.isEmpty == false else { return try objects.entries(of: tree).map(\.name) }
            guard let entry = try objects.entry(at: directory, in: tree), entry.kind == .directory else { return [] }
            return try objects.entries(of: TreeID(entry.id)).map(\.name)
        }
    }

    /// What is at a path that has no regular file, or which link is on the way there.
    public func obstacle(at path: String) async throws -> SourceObstacle? {
        try await reader.read { objects in
            let parts = path.split(separator: "/")
            for count in 1...max(1, parts.count) {
                let place = parts.prefix(count).joined(separator: "/")
                guard let entry = try objects.entry(at: place, in: tree) else { return nil }
                switch entry.kind {
                case .symlink:
                    let target = try objects.blob(BlobID(entry.id), bytesMax: Self.linkBytesMax)
                    return .link(at: place, target: String(decoding: target, as: UTF8.self))
                case .directory where count < parts.count: continue
                case .file, .executable: return count < parts.count ? .other(at: place, kind: "file") : nil
                case .directory, .submodule: return .other(at: place, kind: entry.kind.rawValue)
                }
            }
            return nil
        }
    }
}
