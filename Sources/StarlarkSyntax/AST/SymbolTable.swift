/// The identifiers of a file, each stored once; the language's own words come first.
struct SymbolTable: Sendable {
    private var buffer: [UInt8] = []
    private var entries: ContiguousArray<Entry> = []
    private var slots: ContiguousArray<Int32>

    private struct Entry {
        let start: UInt32
        let count: UInt32
        let hash: UInt32
    }

    /// A table of the language's own words: copied for every file.
    private static let words = SymbolTable(TokenKind.words.map(\.text))

    init() { self = SymbolTable.words }

    private init(_ texts: [String]) {
        slots = ContiguousArray(repeating: -1, count: 256)
        for text in texts { _ = Array(text.utf8).withUnsafeBufferPointer { intern($0) } }
    }

    var count: Int { entries.count }

    func text(of symbol: Symbol) -> String {
        let entry = entries[symbol.index]
        let start = Int(entry.start)
        return String(decoding: buffer[start..<(start + Int(entry.count))], as: UTF8.self)
    }

    static let hashSeed: UInt32 = 0x811c_9dc5

    @inline(__always)
    static func hash(_ hash: UInt32, _ byte: UInt8) -> UInt32 { (hash ^ UInt32(byte)) &* 0x0100_0193 }

    /// The symbol of an identifier given as UTF-8.
    mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> Symbol {
        var hash = SymbolTable.hashSeed
        for byte in bytes { hash = SymbolTable.hash(hash, byte) }
        return intern(bytes, hash: hash)
    }

    /// The symbol of an identifier whose hash is known.
    mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Symbol {
        let mask = slots.count - 1
        var slot = Int(hash &* 0x9E37_79B1 >> 7) & mask
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            if entries[index].hash == hash, isEqual(index, bytes) { return Symbol(index) }
            slot = (slot + 1) & mask
        }
        let start = UInt32(truncatingIfNeeded: buffer.count)
        buffer.append(contentsOf: bytes)
        entries.append(Entry(start: start, count: UInt32(truncatingIfNeeded: bytes.count), hash: hash))
        slots[slot] = Int32(truncatingIfNeeded: entries.count - 1)
        if entries.count * 2 > slots.count { grow() }
        return Symbol(entries.count - 1)
    }

    private func isEqual(_ index: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let entry = entries[index]
        guard Int(entry.count) == bytes.count else { return false }
        let start = Int(entry.start)
        for offset in 0..<bytes.count where buffer[start + offset] != bytes[offset] { return false }
        return true
    }

    private mutating func grow() {
        let mask = slots.count * 2 - 1
        slots = ContiguousArray(repeating: -1, count: mask + 1)
        for (index, entry) in entries.enumerated() {
            var slot = Int(entry.hash &* 0x9E37_79B1 >> 7) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(truncatingIfNeeded: index)
        }
    }
}
