import Foundation

/// The server's log file, kept within a bound: when it grows over it, it becomes `.1` and starts anew.
struct ServerLog: Sendable {
    let path: String
    let bytesMax: Int

    /// The last lines, for an error; before them the last one that says what was fatal, if that is not among them.
    func tail(_ lineCount: Int = 4) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? file.close() }
        let size = (try? file.seekToEnd()) ?? 0
        let window: UInt64 = 4_096
        try? file.seek(toOffset: size > window ? size - window : 0)
        let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline)
        let last = lines.suffix(lineCount)
        guard !last.contains(where: Self.isFatal), let fatal = lines.last(where: Self.isFatal) else {
            return last.joined(separator: "; ")
        }
        return ([fatal] + last).joined(separator: "; ")
    }

    /// Whether a line says why the server ended; one that turns a client away for the moment does not.
    private static func isFatal(_ line: Substring) -> Bool {
        (line.contains("FATAL:") || line.contains("PANIC:")) && !line.contains("the database system is ")
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
