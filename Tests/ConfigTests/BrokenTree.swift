import Config

/// A tree whose repository cannot be read.
struct BrokenTree: SourceTree {
    struct Failure: Error, CustomStringConvertible {
        let description = "the object database is gone"
    }

    func read(_ paths: [String]) async throws -> [[UInt8]?] { throw Failure() }

    func obstacle(at path: String) async throws -> SourceObstacle? { throw Failure() }

    func list(_ directory: String) async throws -> [String] { throw Failure() }
}
