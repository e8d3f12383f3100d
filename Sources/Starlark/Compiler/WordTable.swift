/// Numbers words from 0 on in the order in which they are first seen.
///
/// Small and fast: the compiler asks it about every constant.
struct WordTable {
    private(set) var words: [UInt] = []
    private var slots: [Int32] = []

    private static let lookedUpMax = 2_048

    /// The number of a word; a new one gets the next.
    mutating func number(of word: UInt) -> Int {
        if words.count < 8 {
            for index in 0..<words.count where words[index] == word { return index }
            words.append(word)
            return words.count - 1
        }
        if words.count >= WordTable.lookedUpMax {
            words.append(word)
            return words.count - 1
        }
        if words.count * 2 >= slots.count { grow() }
        let mask = slots.count - 1
        var slot = WordTable.hash(word) & mask
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            if words[index] == word { return index }
            slot = (slot + 1) & mask
        }
        slots[slot] = Int32(truncatingIfNeeded: words.count)
        words.append(word)
        return words.count - 1
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: max(32, slots.count * 2))
        let mask = slots.count - 1
        for (index, word) in words.enumerated() {
            var slot = WordTable.hash(word) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(truncatingIfNeeded: index)
        }
    }

    private static func hash(_ word: UInt) -> Int {
        Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 32)
    }
}
