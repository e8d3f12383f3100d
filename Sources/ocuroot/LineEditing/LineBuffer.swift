/// The line being typed and where the cursor stands in it.
struct LineBuffer: Equatable {
    /// The most characters that a line takes; what is typed beyond is dropped.
    static let charactersMax = 1 << 20

    private(set) var characters: [Character]
    private(set) var cursor: Int
    private var cut: [Character] = []

    /// A line with the cursor at its end.
    init(_ text: String = "") {
        characters = Array(text)
        cursor = characters.count
    }

    /// The whole line.
    var text: String { String(characters) }

    /// What stands before the cursor.
    var head: String { String(characters[..<cursor]) }

    /// Replaces the line; the cursor goes to its end.
    mutating func replace(with text: String) {
        characters = Array(text)
        cursor = characters.count
    }

    /// Puts text before the cursor.
    mutating func insert(_ text: String) {
        let room = Self.charactersMax - characters.count
        let added = Array(text).prefix(max(0, room))
        characters.insert(contentsOf: added, at: cursor)
        cursor += added.count
    }

    /// Carries out a key that edits or moves; false when it does neither.
    mutating func apply(_ key: Key) -> Bool {
        switch key {
        case .text(let text): insert(text)
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(characters.count, cursor + 1)
        case .home: cursor = 0
        case .end: cursor = characters.count
        case .wordLeft: cursor = wordStart
        case .wordRight: cursor = wordEnd
        case .backspace: remove(max(0, cursor - 1)..<cursor, keep: false)
        case .delete: remove(cursor..<min(characters.count, cursor + 1), keep: false)
        case .killToEnd: remove(cursor..<characters.count, keep: true)
        case .killToStart: remove(0..<cursor, keep: true)
        case .killWord: remove(wordStart..<cursor, keep: true)
        case .yank: insert(String(cut))
        default: return false
        }
        return true
    }

    private mutating func remove(_ range: Range<Int>, keep: Bool) {
        guard !range.isEmpty else { return }
        if keep { cut = Array(characters[range]) }
        characters.removeSubrange(range)
        cursor = range.lowerBound
    }

    private var wordStart: Int {
        var place = cursor
        while place > 0, !Self.isWord(characters[place - 1]) { place -= 1 }
        while place > 0, Self.isWord(characters[place - 1]) { place -= 1 }
        return place
    }

    private var wordEnd: Int {
        var place = cursor
        while place < characters.count, !Self.isWord(characters[place]) { place += 1 }
        while place < characters.count, Self.isWord(characters[place]) { place += 1 }
        return place
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}
