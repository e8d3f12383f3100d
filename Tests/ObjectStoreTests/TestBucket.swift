import Cryptography
import Foundation
import ObjectStore

/// An empty bucket of one kind, for one test.
enum TestBucket: String, CaseIterable, CustomStringConvertible {
    case directory
    case s3

    var description: String { rawValue }

    /// Gives `body` the bucket and removes what a directory holds afterwards.
    func with(_ body: (any ObjectBucket) async throws -> Void) async throws {
        let name = "t" + (try SecureRandom.token(byteCount: 9))
        switch self {
        case .s3: try await body(try await Servers.bucket(prefix: name))
        case .directory:
            let folder = FileManager.default.temporaryDirectory.appending(path: name)
            defer { try? FileManager.default.removeItem(at: folder) }
            try await body(try DirectoryBucket(path: folder.path))
        }
    }
}
