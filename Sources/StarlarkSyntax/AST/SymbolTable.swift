/// The identifiers of a file, each stored once.
struct SymbolTable: Sendable {
    private var texts: ContiguousArray<String> = []
    private var hashes: ContiguousArray<UInt64> = []
    private var slots: ContiguousArray<Int32> = ContiguousArray(repeating: -1, count: 64)

    var count: Int { texts.count }

    func text(of symbol: Symbol) -> String { texts[symbol.index] }

    /// The symbol of an identifier given as UTF-8.
    mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> Symbol {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & UInt64(mask))
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            if hashes[index] == hash, texts[index].utf8.elementsEqual(bytes) { return Symbol(index) }
            slot = (slot + 1) & mask
        }
        texts.append(String(decoding: bytes, as: UTF8.self))
        hashes.append(hash)
        slots[slot] = Int32(truncatingIfNeeded: texts.count - 1)
        if texts.count * 2 > slots.count { grow() }
        return Symbol(texts.count - 1)
    }

    private mutating func grow() {
        let mask = slots.count * 2 - 1
        slots = ContiguousArray(repeating: -1, count: mask + 1)
        for (index, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & UInt64(mask))
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(truncatingIfNeeded: index)
        }
    }
}
