import Config
import Synchronization

/// A tree of texts in memory that counts how often it is read.
final class MemoryTree: SourceTree {
    private let files: [String: String]
    private let links: [String: String]
    private let reads = Mutex<[String: Int]>([:])

    /// Makes a tree of files by path, and symbolic links by path.
    init(_ files: [String: String], links: [String: String] = [:]) {
        self.files = files
        self.links = links
    }

    /// How often a path was read.
    func readCount(_ path: String) -> Int { reads.withLock { $0[path] ?? 0 } }

    func read(_ paths: [String]) async throws -> [[UInt8]?] {
        reads.withLock { reads in for path in paths { reads[path, default: 0] += 1 } }
        return paths.map { path in files[path].map { Array($0.utf8) } }
    }

    func obstacle(at path: String) async throws -> SourceObstacle? {
        links[path].map { .link(at: path, target: $0) }
    }

    func list(_ directory: String) async throws -> [String] {
        let prefix = directory.isEmpty ? "" : directory + "/"
        return (Array(files.keys) + links.keys).filter {
            $0.hasPrefix(prefix) && !$0.dropFirst(prefix.count).contains("/")
        }
        .map { String($0.dropFirst(prefix.count)) }
    }
}
