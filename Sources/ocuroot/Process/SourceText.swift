import Foundation

/// Reads files for commands that take text from a file or from standard input.
enum SourceText {
    /// The bytes of a file; of standard input for `-`.
    ///
    /// - Parameter bytesMax: the longest that is read.
    /// - Throws: a ``CommandError`` that names the file.
    static func read(_ path: String, upTo bytesMax: Int = 1 << 30) throws -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { if path != "-" { close(descriptor) } }
        var status = stat()
        let sizeExpected = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
        var bytes: [UInt8] = []
        while bytes.count <= bytesMax {
            let room = max(sizeExpected - bytes.count, 0) + chunkSize
            var count = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, initializedCount in
                count = Foundation.read(descriptor, buffer.baseAddress, room)
                initializedCount = max(0, count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            if count == 0 { return bytes }
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
        }
        throw CommandError("\(path) is larger than \(bytesMax >> 10) KiB", hint: "name a smaller file")
    }

    /// A path seen from the directory of another file, without needless `.` and `..`.
    static func path(of name: String, from importer: String) -> String {
        guard !name.hasPrefix("/") else { return name }
        let directory = importer.lastIndex(of: "/").map { importer[...$0] } ?? ""
        var parts: [Substring] = []
        for part in (directory + name).split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        return (directory.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    private static let chunkSize = 64 << 10

    private static func failure(_ path: String) -> CommandError {
        CommandError("cannot read \(path): \(String(cString: strerror(errno)))", hint: "name a file that exists")
    }
}
