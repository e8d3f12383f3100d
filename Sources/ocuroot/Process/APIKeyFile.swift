import Cryptography
import Foundation

/// The API key that `ocuroot up` makes for itself.
enum APIKeyFile {
    /// Reads the key, making one first when there is none.
    static func readOrMake(_ path: String) throws -> String {
        if let key = read(path) { return key }
        let key = try SecureRandom.token(byteCount: 32)
        try write(key, to: path)
        return key
    }

    /// Writes the key, readable by the owner only.
    static func write(_ key: String, to path: String) throws {
        try WholeFile.write(Data((key + "\n").utf8), to: path, permissions: 0o600)
    }

    /// Reads the key; nil when there is none, or none that this user may read.
    static func read(_ path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        let key = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return key.isEmpty ? nil : key
    }
}
