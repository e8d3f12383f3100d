/// Resolves the escapes of a JSON string.
enum JSONEscapes {
    /// The text of what stands between the quotes; nil for an escape that there is not.
    static func resolved(_ bytes: Slice<UnsafeRawBufferPointer>) -> String? {
        var units: [UInt8] = []
        units.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                units.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "t"): units.append(0x09)
            case .some(let byte)
            where byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
                || byte == UInt8(ascii: "/"):
                units.append(byte)
            case UInt8(ascii: "u"):
                guard let text = character(&rest) else { return nil }
                units += text.utf8
            default: return nil
            }
        }
        return String(decoding: units, as: UTF8.self)
    }

    /// The character behind `\u`, which may take two escapes.
    private static func character(_ rest: inout Slice<UnsafeRawBufferPointer>) -> String? {
        guard let first = codeUnit(&rest) else { return nil }
        guard UTF16.isLeadSurrogate(first), rest.starts(with: #"\u"#.utf8) else {
            return String(decoding: [first], as: UTF16.self)
        }
        rest = rest.dropFirst(2)
        guard let second = codeUnit(&rest) else { return nil }
        return String(decoding: [first, second], as: UTF16.self)
    }

    private static func codeUnit(_ rest: inout Slice<UnsafeRawBufferPointer>) -> UInt16? {
        let digits = rest.prefix(4)
        guard digits.count == 4, digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else {
            return nil
        }
        rest = rest.dropFirst(4)
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
