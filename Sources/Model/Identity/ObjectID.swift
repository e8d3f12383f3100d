/// The id of a git object: 20 bytes (SHA-1) or 32 bytes (SHA-256), held inline.
public struct ObjectID: Hashable, Sendable {
    /// The bytes, most significant first, padded with zeros to 32.
    private let words: InlineArray<4, UInt64>
    /// 20 or 32.
    public let byteCount: Int

    /// Reads 20 or 32 bytes; nil for any other count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 20 || bytes.count == 32 else { return nil }
        var filled = InlineArray<4, UInt64>(repeating: 0)
        for (position, byte) in bytes.enumerated() {
            filled[position / 8] |= UInt64(byte) << UInt64(56 - 8 * (position % 8))
        }
        words = filled
        byteCount = bytes.count
    }

    /// Reads 40 or 64 hexadecimal digits; nil for anything else.
    public init?(hex: some StringProtocol) {
        let digits = Array(hex.utf8)
        guard digits.count == 40 || digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for position in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.nibble(digits[position]), let low = Self.nibble(digits[position + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        self.init(bytes: bytes)
    }

    /// The raw bytes, 20 or 32 of them.
    public var bytes: [UInt8] {
        (0..<byteCount).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64(56 - 8 * ($0 % 8))) }
    }

    /// The lower-case hexadecimal form.
    public var hex: String {
        String(unsafeUninitializedCapacity: byteCount * 2) { buffer in
            for position in 0..<byteCount {
                let byte = UInt8(truncatingIfNeeded: words[position / 8] >> UInt64(56 - 8 * (position % 8)))
                buffer[position * 2] = Self.digit(byte >> 4)
                buffer[position * 2 + 1] = Self.digit(byte & 15)
            }
            return byteCount * 2
        }
    }

    /// The first 12 digits, for people.
    public var short: String { String(hex.prefix(12)) }

    /// Compares all the bytes.
    public static func == (left: ObjectID, right: ObjectID) -> Bool {
        left.words[0] == right.words[0] && left.words[1] == right.words[1] && left.words[2] == right.words[2]
            && left.words[3] == right.words[3] && left.byteCount == right.byteCount
    }

    /// Feeds the first 8 bytes, which are uniformly distributed already.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words[0])
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }
}
