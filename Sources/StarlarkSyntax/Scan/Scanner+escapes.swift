extension Scanner {
    /// Adds what the escape at `index` denotes; returns the index after it.
    mutating func decodeEscape(_ index: Int, in range: Range<Int>, isBytes: Bool) -> Int {
        guard index + 1 < range.upperBound else {
            report("truncated escape sequence \\", at: index)
            return range.upperBound
        }
        let letter = bytes[index + 1]
        switch letter {
        case 0x0A: return index + 2
        case 0x0D: return index + (index + 2 < range.upperBound && bytes[index + 2] == 0x0A ? 3 : 2)
        case UInt8(ascii: "0")...UInt8(ascii: "7"): return decodeOctal(index, in: range, isBytes: isBytes)
        case UInt8(ascii: "x"): return decodeHex(index, in: range, digits: 2, isBytes: isBytes)
        case UInt8(ascii: "u"): return decodeHex(index, in: range, digits: 4, isBytes: isBytes)
        case UInt8(ascii: "U"): return decodeHex(index, in: range, digits: 8, isBytes: isBytes)
        default:
            guard let value = Scanner.simpleEscape(letter) else {
                report("invalid escape sequence \\\(text(of: (index + 1)..<(index + 2)))", at: index)
                return index + 2
            }
            texts.append(value)
            return index + 2
        }
    }

    private static func simpleEscape(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "a"): 0x07
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "v"): 0x0B
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): letter
        default: nil
        }
    }

    private mutating func decodeOctal(_ index: Int, in range: Range<Int>, isBytes: Bool) -> Int {
        var value = 0
        var next = index + 1
        while next < min(range.upperBound, index + 4), bytes[next] & 0xF8 == UInt8(ascii: "0") {
            value = value * 8 + Int(bytes[next] & 7)
            next += 1
        }
        if !isBytes, value > 127 {
            let octal = String(value, radix: 8)
            report(
                "non-ASCII octal escape \\\(octal) (use \(Scanner.escape(of: value)) for U+\(hex(value)))", at: index)
        } else if value > 255 {
            report("invalid escape sequence \\\(String(value, radix: 8))", at: index)
        } else {
            texts.append(UInt8(truncatingIfNeeded: value))
        }
        return next
    }

    private mutating func decodeHex(_ index: Int, in range: Range<Int>, digits: Int, isBytes: Bool) -> Int {
        let first = index + 2
        let last = first + digits
        guard last <= range.upperBound else {
            report("truncated escape sequence \(text(of: index..<range.upperBound))", at: index)
            return range.upperBound
        }
        var value = 0
        for place in first..<last {
            guard let digit = Scanner.digitValue(bytes[place]), digit < 16 else {
                report("invalid escape sequence \(text(of: index..<last))", at: index)
                return last
            }
            value = value * 16 + digit
        }
        if digits == 2 {
            appendByte(value, escape: index..<last, isBytes: isBytes)
        } else {
            appendScalar(value, escape: index..<last)
        }
        return last
    }

    private mutating func appendByte(_ value: Int, escape: Range<Int>, isBytes: Bool) {
        if !isBytes, value > 127 {
            let hint = "(use \(Scanner.escape(of: value)) for U+\(hex(value)))"
            report("non-ASCII hex escape \(text(of: escape)) \(hint)", at: escape.lowerBound)
        } else {
            texts.append(UInt8(truncatingIfNeeded: value))
        }
    }

    private mutating func appendScalar(_ value: Int, escape: Range<Int>) {
        if let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: value)) {
            texts.append(Array(String(scalar).utf8))
        } else if value > 0x10FFFF {
            report("code point out of range: \(text(of: escape)) (max \\U0010ffff)", at: escape.lowerBound)
        } else {
            report("invalid Unicode code point U+\(hex(value))", at: escape.lowerBound)
        }
    }

    private static func escape(of value: Int) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private func hex(_ value: Int) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private func text(of range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
