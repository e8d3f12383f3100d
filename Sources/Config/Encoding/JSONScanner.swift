import Foundation

/// Reads JSON as RFC 8259 has it; integers keep all their digits, and objects their order.
struct JSONScanner {
    private let bytes: [UInt8]
    private var position = 0

    /// Reads one value that fills the whole text.
    static func decode(_ bytes: [UInt8]) throws(EncodingFailure) -> EncodedValue {
        var scanner = JSONScanner(bytes: bytes)
        scanner.skipSpace()
        let value = try scanner.value(depth: 0)
        scanner.skipSpace()
        guard scanner.position == bytes.count else { throw scanner.failure("there is more text after the value") }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func failure(_ cause: String) -> EncodingFailure {
        let before = bytes[..<min(position, bytes.count)]
        let line = before.count { $0 == 0x0A } + 1
        let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return EncodingFailure("JSON, line \(line), column \(column): \(cause)")
    }

    private mutating func value(depth: Int) throws(EncodingFailure) -> EncodedValue {
        guard depth <= EncodedValue.depthMax else { throw failure("nested deeper than \(EncodedValue.depthMax)") }
        guard let byte = next else { throw failure("the text ends where a value is expected") }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw failure("unexpected \(shown(byte))")
        }
    }

    private func shown(_ byte: UInt8) -> String {
        (0x21...0x7E).contains(byte) ? "'\(Character(UnicodeScalar(byte)))'" : "byte \(byte)"
    }

    private mutating func word(_ word: String, _ value: EncodedValue) throws(EncodingFailure) -> EncodedValue {
        guard bytes[position...].starts(with: word.utf8) else { throw failure("unexpected \(shown(bytes[position]))") }
        position += word.utf8.count
        return value
    }

    private mutating func array(depth: Int) throws(EncodingFailure) -> EncodedValue {
        var elements: [EncodedValue] = []
        position += 1
        skipSpace()
        if take("]") { return .array([]) }
        while true {
            skipSpace()
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { throw failure("expected ',' or ']' in an array") }
        }
    }

    private mutating func object(depth: Int) throws(EncodingFailure) -> EncodedValue {
        var pairs: [EncodedPair] = []
        var places: [String: Int] = [:]
        position += 1
        skipSpace()
        if take("}") { return .object([]) }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw failure("expected a key in double quotes") }
            let key = try string()
            skipSpace()
            guard take(":") else { throw failure("expected ':' after a key") }
            skipSpace()
            let pair = EncodedPair(key: key, value: try value(depth: depth + 1))
            if let place = places[key] {
                pairs[place] = pair
            } else {
                places[key] = pairs.count
                pairs.append(pair)
            }
            skipSpace()
            if take("}") { return .object(pairs) }
            guard take(",") else { throw failure("expected ',' or '}' in an object") }
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func number() throws(EncodingFailure) -> EncodedValue {
        let start = position
        _ = take("-")
        let whole = skipDigits()
        guard whole > 0 else { throw failure("a number needs a digit") }
        guard whole == 1 || bytes[position - whole] != UInt8(ascii: "0") else {
            throw failure("a number must not begin with a zero")
        }
        var isInteger = true
        if take(".") {
            isInteger = false
            guard skipDigits() > 0 else { throw failure("a number needs a digit after its point") }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            guard skipDigits() > 0 else { throw failure("a number needs a digit in its exponent") }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger { return Int64(text).map(EncodedValue.int) ?? .bigInt(text) }
        guard let value = Double(text), value.isFinite else { throw failure("\(text) is too large for a float") }
        return .double(value)
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position - start
    }
}

extension JSONScanner {
    private mutating func string() throws(EncodingFailure) -> String {
        position += 1
        var text: [UInt8] = []
        while true {
            let start = position
            while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
                position += 1
            }
            text.append(contentsOf: bytes[start..<position])
            guard let byte = next else { throw failure("the text ends inside a string") }
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &text)
            default: throw failure("a string must not contain the control character \(byte)")
            }
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(EncodingFailure) {
        guard let byte = next else { throw failure("the text ends inside a string") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: Array(String(Character(try unicodeEscape())).utf8))
        default: throw failure("unknown escape \\\(Character(UnicodeScalar(byte)))")
        }
    }

    /// A scalar of one or two `\u` escapes; U+FFFD for half of a pair.
    private mutating func unicodeEscape() throws(EncodingFailure) -> Unicode.Scalar {
        let unit = try hexUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let replacement: Unicode.Scalar = "\u{FFFD}"
        guard (0xD800..<0xDC00).contains(unit), bytes[position...].starts(with: [0x5C, 0x75]) else {
            return replacement
        }
        let mark = position
        position += 2
        let low = try hexUnit()
        guard (0xDC00..<0xE000).contains(low) else {
            position = mark
            return replacement
        }
        return Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)) ?? replacement
    }

    private mutating func hexUnit() throws(EncodingFailure) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw failure("\\u needs four hexadecimal digits") }
        position += 4
        return unit
    }
}
