/// The bytes of a Starlark file, with its line table.
public final class SourceFile: Sendable {
    /// The name errors give.
    public let name: String

    /// The UTF-8 text, at most 1 GiB (the parser refuses more).
    public let bytes: [UInt8]

    /// Byte offset of each line's first byte; never empty.
    public let lineStarts: [UInt32]

    /// Takes a file's text; computes the line table.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        var starts: [UInt32] = [0]
        bytes.withUnsafeBufferPointer { buffer in
            for index in buffer.indices where buffer[index] == UInt8(ascii: "\n") {
                starts.append(UInt32(truncatingIfNeeded: index + 1))
            }
        }
        lineStarts = starts
    }

    /// Takes a file's text as a string.
    public convenience init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// The line and column of a byte offset.
    public func location(at position: UInt32) -> SourceLocation {
        let line = lineIndex(at: position)
        let start = Int(lineStarts[line])
        let end = min(Int(position), bytes.count)
        var column = 1
        for index in start..<max(start, end) where bytes[index] & 0xC0 != 0x80 { column += 1 }
        return SourceLocation(file: name, line: line + 1, column: column)
    }

    /// The 1-based line of a byte offset.
    public func line(at position: UInt32) -> Int { lineIndex(at: position) + 1 }

    /// The text of a 1-based line without its line end; empty when there is no such line.
    public func text(ofLine line: Int) -> String {
        guard line >= 1, line <= lineStarts.count else { return "" }
        let start = Int(lineStarts[line - 1])
        var end = line < lineStarts.count ? Int(lineStarts[line]) - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
    }

    private func lineIndex(at position: UInt32) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= position { low = middle } else { high = middle }
        }
        return low
    }
}
