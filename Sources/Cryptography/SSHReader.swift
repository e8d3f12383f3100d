/// Reads the fields of ssh's binary form one after the other.
///
/// See <https://www.rfc-editor.org/rfc/rfc4251#section-5>. Whatever is cut short reads as nil.
struct SSHReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: some Sequence<UInt8>) {
        rest = ArraySlice(bytes)
    }

    /// Whether nothing is left.
    var isAtEnd: Bool { rest.isEmpty }

    /// The next byte.
    mutating func byte() -> UInt8? { rest.popFirst() }

    /// The next `uint32`.
    mutating func number() -> Int? {
        guard rest.count >= 4 else { return nil }
        defer { rest = rest.dropFirst(4) }
        return rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }

    /// The next `string`.
    mutating func bytes() -> [UInt8]? {
        guard let count = number(), count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// The next `string` as a name: printable ASCII without spaces, at least one letter.
    mutating func name() -> String? {
        guard let bytes = bytes(), !bytes.isEmpty, bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The next `mpint`, which must be positive and written in as few bytes as it takes; without leading zero.
    mutating func positiveInteger() -> [UInt8]? {
        guard let bytes = bytes(), let first = bytes.first, first < 0x80 else { return nil }
        guard first == 0 else { return bytes }
        return bytes.count > 1 && bytes[1] >= 0x80 ? Array(bytes.dropFirst()) : nil
    }

    /// A `string`, as it is written.
    static func string(_ bytes: some Collection<UInt8>) -> [UInt8] {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: bytes.count).bigEndian) { Array($0) } + bytes
    }
}
