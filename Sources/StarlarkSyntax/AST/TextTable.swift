/// Decoded string and bytes literals, end to end in one buffer.
struct TextTable: Sendable {
    private var buffer: [UInt8] = []
    private var entries: ContiguousArray<Entry> = []

    private struct Entry {
        let start: UInt32
        let count: UInt32
        let isASCII: Bool
    }

    /// Copies the bytes to the end of the buffer.
    mutating func append(_ bytes: some Collection<UInt8>, isASCII: Bool) -> TextID {
        let start = buffer.count
        buffer.append(contentsOf: bytes)
        entries.append(
            Entry(
                start: UInt32(truncatingIfNeeded: start), count: UInt32(truncatingIfNeeded: buffer.count - start),
                isASCII: isASCII))
        return TextID(entries.count - 1)
    }

    func bytes(of id: TextID) -> ArraySlice<UInt8> {
        let entry = entries[id.index]
        return buffer[Int(entry.start)..<(Int(entry.start) + Int(entry.count))]
    }

    func isASCII(_ id: TextID) -> Bool { entries[id.index].isASCII }
}
