/// One line of a request's or response's head.
public struct HTTPHeaderField: Sendable, Hashable {
    /// The name as it was written.
    public let name: String
    /// The value without the white space around it.
    public let value: String

    /// Makes a field; it is checked when the request is sent.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Whether this is the field `other`, ASCII letters compared without case.
    public func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count && zip(name.utf8, other.utf8).allSatisfy { lowered($0) == lowered($1) }
    }
}

private func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
