/// Writes JSON on one line without spaces, the keys of objects in byte order.
struct JSONWriter {
    private var text: [UInt8] = []
    private let bytesMax: Int

    /// Writes a value.
    static func encode(_ value: EncodedValue, bytesMax: Int) throws(EncodingFailure) -> [UInt8] {
        var writer = JSONWriter(bytesMax: bytesMax)
        try writer.write(value)
        return writer.text
    }

    private init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    private mutating func write(_ value: EncodedValue) throws(EncodingFailure) {
        guard text.count <= bytesMax else { throw EncodingFailure("the text would exceed \(bytesMax) bytes") }
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .int(let value): append(String(value))
        case .bigInt(let digits): append(digits)
        case .double(let value):
            guard value.isFinite else { throw EncodingFailure("JSON has no \(value)") }
            append("\(value)")
        case .string(let value): write(value)
        case .array(let elements):
            append("[")
            for (position, element) in elements.enumerated() {
                if position > 0 { append(",") }
                try write(element)
            }
            append("]")
        case .object(let pairs): try write(pairs)
        }
    }

    private mutating func write(_ pairs: [EncodedPair]) throws(EncodingFailure) {
        append("{")
        let sorted = pairs.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        for (position, pair) in sorted.enumerated() {
            if position > 0 { append(",") }
            write(pair.key)
            append(":")
            try write(pair.value)
        }
        append("}")
    }

    private mutating func append(_ piece: String) {
        text.append(contentsOf: piece.utf8)
    }

    private mutating func write(_ string: String) {
        text.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0..<0x20:
                let hex = String(byte, radix: 16)
                append("\\u" + String(repeating: "0", count: 4 - hex.count) + hex)
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}
