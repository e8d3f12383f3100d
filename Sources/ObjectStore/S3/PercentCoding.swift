/// Percent-encoding as AWS signatures demand it: everything but `A–Z a–z 0–9 - _ . ~`, in upper-case digits.
enum PercentCoding {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Encodes `text`, leaving slashes alone if they separate segments of a path.
    static func encode(_ text: String, isPath: Bool) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            let isPlain = ObjectKey.isAllowed(byte) && !"=+@:,".utf8.contains(byte)
            if isPlain || (isPath && byte == UInt8(ascii: "/")) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// Decodes `text`; nil when a percent sign is not followed by two digits, or the result is no UTF-8.
    static func decode(_ text: Substring) -> String? {
        var decoded: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            let pair = String(decoding: rest.prefix(2), as: UTF8.self)
            guard pair.utf8.count == 2, !pair.hasPrefix("+"), !pair.hasPrefix("-"), let value = UInt8(pair, radix: 16)
            else { return nil }
            decoded.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: decoded, as: UTF8.self)
    }
}
