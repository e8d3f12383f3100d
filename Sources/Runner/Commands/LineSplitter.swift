/// Cuts what a stream brings into whole lines, so that two streams do not mix within a line.
struct LineSplitter {
    private var partial: [UInt8] = []
    /// A longer line is passed on in pieces.
    private static let lineBytesMax = 16 << 10

    /// Adds bytes; returns those that end a line.
    mutating func append(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard let end = bytes.lastIndex(of: 0x0A) else {
            partial.append(contentsOf: bytes)
            return partial.count > Self.lineBytesMax ? flush() : []
        }
        let lines = partial + bytes[...end]
        partial = Array(bytes[(end + 1)...])
        return lines
    }

    /// Gives out what has no newline yet.
    mutating func flush() -> [UInt8] {
        defer { partial = [] }
        return partial
    }
}
