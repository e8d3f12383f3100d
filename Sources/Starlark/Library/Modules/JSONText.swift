/// JSON's lexical rules.
enum JSONText {
    /// Writes a string literal.
    ///
    /// What is no UTF-8 becomes U+FFFD.
    static func appendQuoted(
        _ bytes: UnsafeBufferPointer<UInt8>, to builder: inout TextBuilder
    ) throws(StarlarkError) {
        try builder.append(UInt8(ascii: "\""))
        var index = 0
        var plain = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                index += 1
                continue
            }
            let count = byte < 0x80 ? 1 : UTF8Scan.scalar(bytes, at: index).count
            if byte >= 0x80, count > 1 {
                index += count
                continue
            }
            try builder.append(UnsafeBufferPointer(rebasing: bytes[plain..<index]))
            if byte >= 0x80 { try builder.append("\\ufffd") } else { try appendEscape(byte, to: &builder) }
            index += 1
            plain = index
        }
        try builder.append(UnsafeBufferPointer(rebasing: bytes[plain...]))
        try builder.append(UInt8(ascii: "\""))
    }

    private static func appendEscape(_ byte: UInt8, to builder: inout TextBuilder) throws(StarlarkError) {
        try builder.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): try builder.append(byte)
        case 0x08: try builder.append(UInt8(ascii: "b"))
        case 0x0C: try builder.append(UInt8(ascii: "f"))
        case 0x0A: try builder.append(UInt8(ascii: "n"))
        case 0x0D: try builder.append(UInt8(ascii: "r"))
        case 0x09: try builder.append(UInt8(ascii: "t"))
        default: try appendHex(byte, to: &builder)
        }
    }

    private static func appendHex(_ byte: UInt8, to builder: inout TextBuilder) throws(StarlarkError) {
        try builder.append("u00")
        for digit in [byte >> 4, byte & 15] { try builder.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10) }
    }

    /// Where the string literal that begins at `start` ends, and whether it stands for its own bytes; nil when it is
    /// never closed.
    static func stringEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (end: Int, isPlain: Bool)? {
        var index = start + 1
        var isPlain = true
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\") {
                isPlain = false
                index += 1
            } else if byte == UInt8(ascii: "\"") {
                return (index + 1, isPlain)
            } else if byte >= 0x80 {
                isPlain = false
            }
            index += 1
        }
        return nil
    }

    /// Writes what a string literal without its quotes stands for; returns a message when it is none.
    static func unquote(
        _ bytes: UnsafeBufferPointer<UInt8>, into builder: inout TextBuilder
    ) throws(StarlarkError) -> String? {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x20 { return "invalid character \(shown(bytes, index)) in string literal" }
            if byte >= 0x80 {
                let (scalar, count) = UTF8Scan.scalar(bytes, at: index)
                try ScalarText.append(scalar, to: &builder)
                index += count
            } else if byte == UInt8(ascii: "\\") {
                guard let count = try unescape(bytes, index, into: &builder) else {
                    return "invalid character \(shown(bytes, index + 1)) in string escape code"
                }
                index += count
            } else {
                try builder.append(byte)
                index += 1
            }
        }
        return nil
    }

    /// Writes what an escape stands for; returns its length, or nil when it is none.
    private static func unescape(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, into builder: inout TextBuilder
    ) throws(StarlarkError) -> Int? {
        guard index + 1 < bytes.count else { return nil }
        let letter = bytes[index + 1]
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): try builder.append(letter)
        case UInt8(ascii: "b"): try builder.append(0x08)
        case UInt8(ascii: "f"): try builder.append(0x0C)
        case UInt8(ascii: "n"): try builder.append(0x0A)
        case UInt8(ascii: "r"): try builder.append(0x0D)
        case UInt8(ascii: "t"): try builder.append(0x09)
        case UInt8(ascii: "u"):
            guard let unit = hex(bytes, index + 2) else { return nil }
            if unit & 0xFC00 == 0xD800, index + 7 < bytes.count, bytes[index + 6] == UInt8(ascii: "\\"),
                bytes[index + 7] == UInt8(ascii: "u"), let low = hex(bytes, index + 8), low & 0xFC00 == 0xDC00
            {
                try ScalarText.append(0x1_0000 + (unit & 0x3FF) << 10 + (low & 0x3FF), to: &builder)
                return 12
            }
            try ScalarText.append(unit, to: &builder)
            return 6
        default: return nil
        }
        return 2
    }

    private static func hex(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[start..<(start + 4)] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 0x20) - 0x61 + 10)
            default: return nil
            }
        }
        return value
    }

    /// A character for an error message, in quotes.
    static func shown(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> String {
        guard index < bytes.count else { return "end of file" }
        let (scalar, _) = UTF8Scan.scalar(bytes, at: index)
        switch scalar {
        case 0x27: return "'\\''"
        case 0x5C: return "'\\\\'"
        case 0x0A: return "'\\n'"
        case 0..<0x20: return "'\\x" + String(scalar + 0x100, radix: 16).dropFirst() + "'"
        default: return "'" + (Unicode.Scalar(scalar).map { String($0) } ?? "\u{FFFD}") + "'"
        }
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
