/// Strings and bytes as literals: what `repr` shows.
enum TextQuoting {
    private static let hex = Array("0123456789abcdef".utf8)

    static func write(
        _ value: Value, into builder: inout TextBuilder, _ machine: Machine
    ) throws(StarlarkError) {
        let bytes = value.bytes
        try machine.spend(characters: value)
        if value.kind == .bytes { try builder.append(UInt8(ascii: "b")) }
        try builder.append(UInt8(ascii: "\""))
        var start = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if isPlain(byte) {
                index += 1
                continue
            }
            try builder.append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
            index += try writeSpecial(bytes, at: index, into: &builder)
            start = index
        }
        try builder.append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
        try builder.append(UInt8(ascii: "\""))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// Writes the code point at an offset, escaped if it must be; returns its length.
    private static func writeSpecial(
        _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, into builder: inout TextBuilder
    ) throws(StarlarkError) -> Int {
        let byte = bytes[index]
        if byte < 0x80 {
            try writeASCII(byte, into: &builder)
            return 1
        }
        let (scalar, count) = UTF8Scan.scalar(bytes, at: index)
        if count == 1 {
            try writeByte(byte, into: &builder)
        } else if isPrintable(scalar) {
            try builder.append(UnsafeBufferPointer(rebasing: bytes[index..<(index + count)]))
        } else {
            try builder.append(scalar < 0x1_0000 ? "\\u" : "\\U")
            var shift = scalar < 0x1_0000 ? 12 : 28
            while shift >= 0 {
                try builder.append(hex[Int(scalar >> UInt32(shift) & 0xF)])
                shift -= 4
            }
        }
        return count
    }

    private static func writeASCII(_ byte: UInt8, into builder: inout TextBuilder) throws(StarlarkError) {
        switch byte {
        case UInt8(ascii: "\""): try builder.append("\\\"")
        case UInt8(ascii: "\\"): try builder.append("\\\\")
        case 0x07: try builder.append("\\a")
        case 0x08: try builder.append("\\b")
        case 0x0C: try builder.append("\\f")
        case UInt8(ascii: "\n"): try builder.append("\\n")
        case UInt8(ascii: "\r"): try builder.append("\\r")
        case UInt8(ascii: "\t"): try builder.append("\\t")
        case 0x0B: try builder.append("\\v")
        default: try writeByte(byte, into: &builder)
        }
    }

    private static func writeByte(_ byte: UInt8, into builder: inout TextBuilder) throws(StarlarkError) {
        try builder.append("\\x")
        try builder.append(hex[Int(byte >> 4)])
        try builder.append(hex[Int(byte & 0xF)])
    }

    private static func isPrintable(_ scalar: UInt32) -> Bool {
        guard let properties = Unicode.Scalar(scalar)?.properties else { return false }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            return false
        default: return true
        }
    }
}
