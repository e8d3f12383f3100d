import Config
import Synchronization

/// A tree of texts in memory that counts how often it is read.
final class MemoryTree: SourceTree {
    private let files: [String: String]
    private let reads = Mutex<[String: Int]>([:])

    init(_ files: [String: String]) {
        self.files = files
    }

    /// How often a path was read.
    func readCount(_ path: String) -> Int { reads.withLock { $0[path] ?? 0 } }

    func read(_ paths: [String]) async throws -> [[UInt8]?] {
        reads.withLock { reads in for path in paths { reads[path, default: 0] += 1 } }
        return paths.map { path in files[path].map { Array($0.utf8) } }
    }

    func list(_ directory: String) async throws -> [String] {
        let prefix = directory.isEmpty ? "" : directory + "/"
        return files.keys.filter { $0.hasPrefix(prefix) && !$0.dropFirst(prefix.count).contains("/") }
            .map { String($0.dropFirst(prefix.count)) }
    }
}
