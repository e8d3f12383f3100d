/// Reads a form as browsers send it.
///
/// By hand, since Foundation's `removingPercentEncoding` takes most of a second for the longest body.
enum FormBody {
    /// The value of a field, its escapes resolved; nil when it is missing or an escape is broken.
    static func value(of name: String, in body: [UInt8]) -> [UInt8]? {
        for field in body.split(separator: UInt8(ascii: "&")) {
            guard let equals = field.firstIndex(of: UInt8(ascii: "=")) else { continue }
            if field[..<equals].elementsEqual(name.utf8) { return decoded(field[field.index(after: equals)...]) }
        }
        return nil
    }

    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var position = text.startIndex
        while position < text.endIndex {
            let byte = text[position]
            position += 1
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard position + 2 <= text.endIndex, let high = digit(text[position]),
                    let low = digit(text[position + 1])
                else { return nil }
                bytes.append(high << 4 | low)
                position += 2
            default: bytes.append(byte)
            }
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
