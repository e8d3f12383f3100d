/// The 32 bytes that SHA-256 makes of a message.
public struct SHA256Digest: Sendable, Hashable, CustomStringConvertible {
    /// How many bytes a digest has.
    public static let byteCount = 32

    /// The digest itself, always ``byteCount`` bytes.
    public let bytes: [UInt8]

    /// Takes exactly 32 bytes; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Reads 64 hexadecimal digits; nil for anything else.
    public init?(hex: String) {
        guard let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// The digest as 64 lower-case hexadecimal digits.
    public var hex: String { Hex.encode(bytes) }

    /// The same as ``hex``.
    public var description: String { hex }
}
