/// Turns the bytes of a terminal into keys, as xterm and the Linux console send them (ECMA-48, bracketed paste).
///
/// Bytes that are not yet a whole key wait for the next call; a paste of more than ``pasteBytesMax`` is cut.
struct KeyDecoder {
    /// The most that one paste brings: 1 MiB.
    static let pasteBytesMax = 1 << 20

    private var waiting: [UInt8] = []
    private var pasted: [UInt8]?

    private static let escape: UInt8 = 0x1B
    private static let pasteStart = Array("\u{1B}[200~".utf8)
    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    /// The keys that are complete with these bytes.
    mutating func keys(_ bytes: some Sequence<UInt8>) -> [Key] {
        waiting.append(contentsOf: bytes)
        var keys: [Key] = []
        var place = 0
        while place < waiting.count {
            if pasted != nil {
                guard let key = takePaste(&place) else { break }
                keys.append(key)
                continue
            }
            guard let (key, length) = Self.key(waiting[place...]) else { break }
            if Array(waiting[place..<place + length]) == Self.pasteStart {
                pasted = []
            } else {
                keys.append(key)
            }
            place += length
        }
        waiting.removeFirst(place)
        return Self.joined(keys)
    }

    /// Collects pasted bytes up to the end mark; nil while that is still to come.
    private mutating func takePaste(_ place: inout Int) -> Key? {
        let rest = waiting[place...]
        let mark = rest.indices.first { rest[$0...].starts(with: Self.pasteEnd) }
        // The last bytes may be the beginning of the mark.
        let end = mark ?? max(place, waiting.count - Self.pasteEnd.count + 1)
        let room = Self.pasteBytesMax - (pasted?.count ?? 0)
        pasted?.append(contentsOf: waiting[place..<end].prefix(max(0, room)))
        place = end
        guard mark != nil else { return nil }
        place += Self.pasteEnd.count
        let text = String(decoding: pasted ?? [], as: UTF8.self)
        pasted = nil
        return .text(Self.cleaned(text))
    }

    /// Pasted text with one kind of line end and no other control character.
    private static func cleaned(_ text: String) -> String {
        let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        return String(
            String.UnicodeScalarView(
                lines.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 || $0 == "\n" || $0 == "\t" }))
    }

    /// Neighbouring text as one key.
    private static func joined(_ keys: [Key]) -> [Key] {
        var result: [Key] = []
        for key in keys {
            if case .text(let more) = key, case .text(let text)? = result.last {
                result[result.count - 1] = .text(text + more)
            } else {
                result.append(key)
            }
        }
        return result
    }

    /// The first key and how many bytes it has; nil when it is not complete.
    private static func key(_ bytes: ArraySlice<UInt8>) -> (Key, Int)? {
        guard let first = bytes.first else { return nil }
        if first == escape { return escaped(bytes) }
        if let key = controls[first] { return (key, 1) }
        if first < 32 { return (.unknown, 1) }
        let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
        guard bytes.count >= length else { return nil }
        return (.text(String(decoding: bytes.prefix(length), as: UTF8.self)), length)
    }

    private static let controls: [UInt8: Key] = [
        0x01: .home, 0x02: .left, 0x03: .interrupt, 0x04: .endOfInput, 0x05: .end, 0x06: .right, 0x08: .backspace,
        0x09: .tab, 0x0A: .enter, 0x0B: .killToEnd, 0x0C: .clearScreen, 0x0D: .enter, 0x0E: .down, 0x10: .up,
        0x15: .killToStart, 0x17: .killWord, 0x19: .yank, 0x7F: .backspace,
    ]

    /// Keys that are sent as `ESC [ … letter`, `ESC [ number ~`, `ESC O letter` and `ESC letter` (Alt).
    private static func escaped(_ bytes: ArraySlice<UInt8>) -> (Key, Int)? {
        let bytes = Array(bytes.prefix(32))
        guard bytes.count >= 2 else { return nil }
        switch bytes[1] {
        case UInt8(ascii: "["), UInt8(ascii: "O"):
            guard let end = bytes.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else {
                return bytes.count < 32 ? nil : (.unknown, bytes.count)
            }
            let parameters = String(decoding: bytes[2..<end], as: UTF8.self)
            return (sequence(parameters, final: Character(UnicodeScalar(bytes[end]))), end + 1)
        case UInt8(ascii: "b"): return (.wordLeft, 2)
        case UInt8(ascii: "f"): return (.wordRight, 2)
        case 0x7F, 0x08: return (.killWord, 2)
        default: return (.unknown, 2)
        }
    }

    private static func sequence(_ parameters: String, final: Character) -> Key {
        let isByWord = parameters.hasSuffix(";5") || parameters.hasSuffix(";3")
        switch final {
        case "A": return .up
        case "B": return .down
        case "C": return isByWord ? .wordRight : .right
        case "D": return isByWord ? .wordLeft : .left
        case "H": return .home
        case "F": return .end
        case "~":
            switch parameters.split(separator: ";").first {
            case "1", "7": return .home
            case "4", "8": return .end
            case "3": return .delete
            default: return .unknown
            }
        default: return .unknown
        }
    }
}
