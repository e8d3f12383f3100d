import Foundation
import Model

/// What `server.json` says: where the server of a data directory is reached.
struct ServerFile: Sendable, Codable, Equatable {
    /// The server's address, such as `http://127.0.0.1:8642`.
    var url: String
    /// The server's process.
    var pid: Int32
    /// When it began to accept.
    var startedAt: Date
    /// Whether the key in the directory opens it; nil means that it does.
    var hasOwnKey: Bool?

    /// Reads the file; nil when there is none, or none that can be read.
    static func read(_ path: String) -> ServerFile? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return try? JSONText.decode(ServerFile.self, from: data)
    }

    /// Writes the file as a whole, readable by everybody.
    func write(to path: String) throws {
        try WholeFile.write(try JSONText.encode(self), to: path, permissions: 0o644)
    }
}
