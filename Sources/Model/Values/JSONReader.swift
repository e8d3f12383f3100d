import Foundation

/// Reads JSON (RFC 8259) into a ``JSONValue`` in one pass, many times faster than by way of `Decodable`.
///
/// A number without a fraction that fits is a whole one, however it is written. Of equal keys the first counts, as it
/// does for Foundation.
public struct JSONReader {
    /// What is read is not JSON, or nested too deeply.
    public struct Malformed: Error, CustomStringConvertible {
        /// The byte at which it was noticed.
        public let offset: Int
        /// Whether it was for the nesting.
        public let isTooDeep: Bool

        /// What is wrong, and where.
        public var description: String {
            isTooDeep
                ? "it is nested deeper than \(depthMax) levels, at byte \(offset)" : "it is not JSON, at byte \(offset)"
        }
    }

    /// Arrays and objects inside one another.
    static let depthMax = 500

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// Reads the one value that `data` is.
    public static func value(_ data: Data) throws(Malformed) -> JSONValue {
        try data.withUnsafeBytes { bytes in
            Result { () throws(Malformed) in
                var reader = JSONReader(bytes: bytes)
                return try reader.whole()
            }
        }.get()
    }

    private mutating func whole() throws(Malformed) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw malformed }
        return value
    }

    private init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    private var malformed: Malformed { Malformed(offset: position, isTooDeep: false) }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Malformed) -> JSONValue {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return .object(try object(depth: try deeper(depth)))
        case UInt8(ascii: "["): return .array(try array(depth: try deeper(depth)))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private func deeper(_ depth: Int) throws(Malformed) -> Int {
        guard depth < Self.depthMax else { throw Malformed(offset: position, isTooDeep: true) }
        return depth + 1
    }

    private mutating func object(depth: Int) throws(Malformed) -> JSONObject {
        position += 1
        var members: JSONObject = [:]
        if take(UInt8(ascii: "}")) { return members }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw malformed }
            let key = try string()
            guard take(UInt8(ascii: ":")) else { throw malformed }
            let value = try value(depth: depth)
            if members[key] == nil { members[key] = value }
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw malformed }
        return members
    }

    private mutating func array(depth: Int) throws(Malformed) -> [JSONValue] {
        position += 1
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try value(depth: depth))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw malformed }
        return elements
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Malformed) -> JSONValue {
        let end = position + word.utf8CodeUnitCount
        let isHere = end <= bytes.count && word.withUTF8Buffer { $0.elementsEqual(bytes[position..<end]) }
        guard isHere else { throw malformed }
        position = end
        return value
    }

    private mutating func number() throws(Malformed) -> JSONValue {
        let start = position
        _ = take(one: UInt8(ascii: "-"))
        let isZero = next == UInt8(ascii: "0")
        guard try digits() == 1 || !isZero else { throw malformed }
        var isWhole = true
        if take(one: UInt8(ascii: ".")) {
            isWhole = false
            _ = try digits()
        }
        if take(one: UInt8(ascii: "e")) || take(one: UInt8(ascii: "E")) {
            isWhole = false
            if !take(one: UInt8(ascii: "-")) { _ = take(one: UInt8(ascii: "+")) }
            _ = try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let whole = Int64(text) { return .int(whole) }
        guard let number = Double(text), number.isFinite else { throw malformed }
        return Int64(exactly: number).map { .int($0) } ?? .double(number)
    }

    /// Passes over one digit or more, and says how many there are.
    private mutating func digits() throws(Malformed) -> Int {
        let start = position
        while let byte = next, byte >= 0x30, byte <= 0x39 { position += 1 }
        guard position > start else { throw malformed }
        return position - start
    }

    private mutating func take(one byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func string() throws(Malformed) -> String {
        position += 1
        let start = position
        while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
        let plain = bytes[start..<position]
        guard next == UInt8(ascii: "\\") else { return try text(plain) }
        var units = Array(plain)
        while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\"") {
            position += 1
            if byte == UInt8(ascii: "\\") { try escape(into: &units) } else { units.append(byte) }
        }
        return try text(units)
    }

    /// The text of bytes that a quote must follow.
    private mutating func text(_ units: some Collection<UInt8>) throws(Malformed) -> String {
        guard take(one: UInt8(ascii: "\"")), let text = String(validating: units, as: UTF8.self) else {
            throw malformed
        }
        return text
    }

    private mutating func escape(into units: inout [UInt8]) throws(Malformed) {
        guard let byte = next else { throw malformed }
        position += 1
        switch byte {
        case UInt8(ascii: "b"): units.append(0x08)
        case UInt8(ascii: "f"): units.append(0x0C)
        case UInt8(ascii: "n"): units.append(0x0A)
        case UInt8(ascii: "r"): units.append(0x0D)
        case UInt8(ascii: "t"): units.append(0x09)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(byte)
        case UInt8(ascii: "u"): units += try scalar().utf8
        default: throw malformed
        }
    }

    /// The character behind `\u`, which may take two escapes.
    private mutating func scalar() throws(Malformed) -> String {
        var units = [try codeUnit()]
        if UTF16.isLeadSurrogate(units[0]), next == UInt8(ascii: "\\"), position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "u")
        {
            position += 2
            units.append(try codeUnit())
        }
        return String(decoding: units, as: UTF16.self)
    }

    private mutating func codeUnit() throws(Malformed) -> UInt16 {
        guard position + 4 <= bytes.count, bytes[position] != UInt8(ascii: "+"), bytes[position] != UInt8(ascii: "-"),
            let unit = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw malformed }
        position += 4
        return unit
    }
}
