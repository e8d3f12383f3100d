/// Decoded string and bytes literals, end to end in one buffer.
struct TextTable: Sendable {
    private var buffer: [UInt8] = []
    private var entries: ContiguousArray<Entry> = []

    private struct Entry {
        let start: UInt32
        let count: UInt32
        let isASCII: Bool
    }

    /// Where the next literal begins.
    var mark: Int { buffer.count }

    /// Adds bytes to the literal that began at the mark.
    @inline(__always)
    mutating func append(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

    /// Adds a byte to the literal that began at the mark.
    @inline(__always)
    mutating func append(_ byte: UInt8) { buffer.append(byte) }

    /// Ends the literal that began at `mark`.
    mutating func finish(from mark: Int) -> TextID {
        var all: UInt8 = 0
        for index in mark..<buffer.count { all |= buffer[index] }
        return finish(from: mark, isASCII: all < 128)
    }

    /// Ends the literal that began at `mark`, of which it is known whether all bytes are below 128.
    @inline(__always)
    mutating func finish(from mark: Int, isASCII: Bool) -> TextID {
        entries.append(
            Entry(
                start: UInt32(truncatingIfNeeded: mark),
                count: UInt32(truncatingIfNeeded: buffer.count - mark),
                isASCII: isASCII))
        return TextID(entries.count - 1)
    }

    func bytes(of id: TextID) -> ArraySlice<UInt8> {
        let entry = entries[id.index]
        return buffer[Int(entry.start)..<(Int(entry.start) + Int(entry.count))]
    }

    func isASCII(_ id: TextID) -> Bool { entries[id.index].isASCII }
}
