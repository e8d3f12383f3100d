import Foundation
import Git

/// Talks to a remote once, from a directory that is gone afterwards.
struct ScratchMirror: Sendable {
    /// Holds the directory meanwhile.
    let directory: String

    /// Lends a mirror of the remote, empty still.
    func withMirror<Value: Sendable>(
        of url: String, _ remotes: RemoteCredentials, _ body: (Mirror) async throws -> Value
    ) async throws -> Value {
        let scratch = "\(directory)/probe-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let mirror = Mirror(directory: scratch + "/mirror.git", url: try RemoteURL(url)) { url async throws(GitError) in
            try await remotes.access(to: url)
        }
        return try await body(mirror)
    }
}
