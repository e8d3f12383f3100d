import Foundation

/// The server's log file, kept within a bound: when it grows over it, it becomes `.1` and starts anew.
struct ServerLog: Sendable {
    let path: String
    let bytesMax: Int

    /// The last lines, for an error.
    func tail(_ lineCount: Int = 4) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? file.close() }
        let size = (try? file.seekToEnd()) ?? 0
        let window: UInt64 = 4_096
        try? file.seek(toOffset: size > window ? size - window : 0)
        let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).suffix(lineCount).joined(separator: "; ")
    }

    /// Starts anew if the file is over its bound.
    ///
    /// The server appends to the open file, so it is copied and cut, not renamed; a line that is written in between
    /// is lost.
    func bound() throws(EmbeddedPostgresError) {
        var status = stat()
        guard lstat(path, &status) == 0, Int(status.st_size) > bytesMax else { return }
        do {
            let previous = "\(path).1"
            if FileManager.default.fileExists(atPath: previous) { try FileManager.default.removeItem(atPath: previous) }
            try FileManager.default.copyItem(atPath: path, toPath: previous)
        } catch {
            throw EmbeddedPostgresError(.fileSystem, "copy", path, "its last part is not kept", cause: error)
        }
        guard truncate(path, 0) == 0 else { throw FileFailure.last("cut", path) }
    }
}
