/// Strings and bytes as literals.
enum QuotedText {
    /// Writes the literal that denotes a string or bytes.
    static func append(
        _ bytes: UnsafeBufferPointer<UInt8>, kind: Kind = .string, to builder: inout TextBuilder
    ) throws(StarlarkError) {
        if kind == .bytes { try builder.append(UInt8(ascii: "b")) }
        try builder.append(UInt8(ascii: "\""))
        var index = 0
        var plain = 0
        while index < bytes.count {
            let byte = bytes[index]
            if isPlain(byte) {
                index += 1
                continue
            }
            try builder.append(UnsafeBufferPointer(rebasing: bytes[plain..<index]))
            index += byte < 0x80 ? try appendASCII(byte, to: &builder) : try appendScalar(bytes, index, to: &builder)
            plain = index
        }
        try builder.append(UnsafeBufferPointer(rebasing: bytes[plain...]))
        try builder.append(UInt8(ascii: "\""))
    }

    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func appendASCII(_ byte: UInt8, to builder: inout TextBuilder) throws(StarlarkError) -> Int {
        try builder.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): try builder.append(byte)
        case 0x07: try builder.append(UInt8(ascii: "a"))
        case 0x08: try builder.append(UInt8(ascii: "b"))
        case 0x0C: try builder.append(UInt8(ascii: "f"))
        case 0x0A: try builder.append(UInt8(ascii: "n"))
        case 0x0D: try builder.append(UInt8(ascii: "r"))
        case 0x09: try builder.append(UInt8(ascii: "t"))
        case 0x0B: try builder.append(UInt8(ascii: "v"))
        default: try appendHex(UInt32(byte), "x", digits: 2, to: &builder)
        }
        return 1
    }

    /// Writes the code point at an index, escaped when it is not printable; returns its length.
    private static func appendScalar(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, to builder: inout TextBuilder
    ) throws(StarlarkError) -> Int {
        let (scalar, count) = UTF8Scan.scalar(bytes, at: index)
        if count == 1 {
            try builder.append(UInt8(ascii: "\\"))
            try appendHex(UInt32(bytes[index]), "x", digits: 2, to: &builder)
        } else if isPrintable(scalar) {
            try builder.append(UnsafeBufferPointer(rebasing: bytes[index..<(index + count)]))
        } else {
            try builder.append(UInt8(ascii: "\\"))
            try appendHex(scalar, scalar < 0x1_0000 ? "u" : "U", digits: scalar < 0x1_0000 ? 4 : 8, to: &builder)
        }
        return count
    }

    private static func isPrintable(_ scalar: UInt32) -> Bool {
        guard let scalar = Unicode.Scalar(scalar) else { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
            .paragraphSeparator:
            return false
        default: return true
        }
    }

    static func appendHex(
        _ number: UInt32, _ letter: StaticString, digits: Int, to builder: inout TextBuilder
    ) throws(StarlarkError) {
        try builder.append(letter)
        for place in (0..<digits).reversed() {
            let digit = UInt8(truncatingIfNeeded: number >> UInt32(place * 4) & 15)
            try builder.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
        }
    }
}
