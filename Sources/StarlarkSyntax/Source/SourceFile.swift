/// The bytes of a Starlark file, with its line table.
public final class SourceFile: Sendable {
    /// The name errors give.
    public let name: String

    /// The UTF-8 text; the parser refuses more than 1 GiB.
    public let bytes: [UInt8]

    /// Byte offset of each line's first byte; never empty.
    ///
    /// A line ends with `\n`, `\r\n` or `\r`.
    public let lineStarts: [UInt32]

    /// Takes a file's text; computes the line table.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        lineStarts = SourceFile.lineTable(of: bytes)
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

    /// How many bytes stand before a byte offset in its line.
    func offsetInLine(at position: UInt32) -> Int { Int(position) - Int(lineStarts[lineIndex(at: position)]) }

    /// The text of a 1-based line without its line end; empty when there is no such line.
    public func text(ofLine line: Int) -> String {
        guard line >= 1, line <= lineStarts.count else { return "" }
        let start = Int(lineStarts[line - 1])
        var end = line < lineStarts.count ? Int(lineStarts[line]) : bytes.count
        while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// The text of a line for an error message; empty when it is longer than 500 bytes.
    public func excerpt(ofLine line: Int) -> String {
        guard line >= 1, line <= lineStarts.count else { return "" }
        let end = line < lineStarts.count ? Int(lineStarts[line]) : bytes.count
        return end - Int(lineStarts[line - 1]) > 500 ? "" : text(ofLine: line)
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

    private static func lineTable(of bytes: [UInt8]) -> [UInt32] {
        var starts: [UInt32] = [0]
        bytes.withUnsafeBufferPointer { buffer in
            for index in buffer.indices where buffer[index] <= 0x0D {
                let byte = buffer[index]
                let isCarriageReturn = byte == 0x0D && !(index + 1 < buffer.count && buffer[index + 1] == 0x0A)
                if byte == 0x0A || isCarriageReturn { starts.append(UInt32(truncatingIfNeeded: index + 1)) }
            }
        }
        return starts
    }
}
