import Foundation

/// The lines typed before, oldest first, kept in a file that only its owner reads.
struct LineHistory {
    /// How many lines are kept.
    static let linesMax = 1000
    /// A longer line, such as a pasted file, is not kept.
    static let lineBytesMax = 4096

    private(set) var lines: [String] = []
    private let path: String?
    /// Where one is while going through the lines; their count stands for the line being typed.
    private var place = 0
    private var typed = ""

    /// Reads the file: one that is missing or unreadable counts as empty, and without a path nothing is kept.
    init(path: String?) {
        self.path = path
        if let path, let bytes = FileManager.default.contents(atPath: path) {
            let text = String(decoding: bytes.suffix(Self.linesMax * Self.lineBytesMax), as: UTF8.self)
            lines = text.split(separator: "\n").suffix(Self.linesMax).map(String.init)
        }
        place = lines.count
    }

    /// Adds a line, unless it is empty, long, or the same as the last.
    mutating func add(_ line: String) {
        defer { place = lines.count }
        guard !line.allSatisfy(\.isWhitespace), line.utf8.count <= Self.lineBytesMax, line != lines.last else {
            return
        }
        lines.append(line)
        if lines.count > Self.linesMax { lines.removeFirst(lines.count - Self.linesMax) }
    }

    /// The line before, nil at the oldest; `current` is what is being typed.
    mutating func previous(current: String) -> String? {
        guard place > 0 else { return nil }
        if place == lines.count { typed = current }
        place -= 1
        return lines[place]
    }

    /// The line after, at the end what was being typed; nil beyond.
    mutating func next() -> String? {
        guard place < lines.count else { return nil }
        place += 1
        return place == lines.count ? typed : lines[place]
    }

    /// Writes the file.
    ///
    /// - Throws: a ``CommandError`` that names the file.
    func save() throws {
        guard let path else { return }
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandError(
                "cannot keep the history: \(directory.path) cannot be made",
                hint: "set XDG_STATE_HOME to a directory that you may write")
        }
        let text = lines.map { $0 + "\n" }.joined()
        try WholeFile.write(Data(text.utf8), to: path, permissions: 0o600)
    }
}
