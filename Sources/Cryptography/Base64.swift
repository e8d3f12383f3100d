/// Bytes as Base64 text (RFC 4648), with the common or the URL-safe alphabet.
public enum Base64 {
    /// Which characters stand for 62 and 63, and whether `=` fills the last group.
    public enum Variant: Sendable {
        /// `+` and `/`, padded: section 4 of the RFC.
        case padded
        /// `+` and `/`, not padded, as the PHC string format writes it.
        case unpadded
        /// `-` and `_`, not padded: section 5 of the RFC.
        case urlSafe
    }

    private static let common = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let urlSafe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let padding = UInt8(ascii: "=")
    private static let commonValues = values(of: common)
    private static let urlSafeValues = values(of: urlSafe)

    /// The text of `bytes`, on one line.
    public static func encode(_ bytes: some Collection<UInt8>, as variant: Variant = .padded) -> String {
        let alphabet = variant == .urlSafe ? urlSafe : common
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(alphabet[Int(bits >> bitCount & 63)])
            }
        }
        if bitCount > 0 { text.append(alphabet[Int(bits << (6 - bitCount) & 63)]) }
        while variant == .padded, !text.count.isMultiple(of: 4) { text.append(padding) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that `text` stands for; nil for anything that ``encode(_:as:)`` would not have written.
    ///
    /// So white space, a wrong alphabet, missing or surplus padding and stray bits at the end are all refused,
    /// and every value has one spelling.
    public static func decode(_ text: String, as variant: Variant = .padded) -> [UInt8]? {
        var characters = Array(text.utf8)[...]
        if variant == .padded {
            guard characters.count.isMultiple(of: 4) else { return nil }
            for _ in 0..<2 where characters.last == padding { characters.removeLast() }
        }
        let table = variant == .urlSafe ? urlSafeValues : commonValues
        guard characters.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count * 3 / 4)
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for character in characters {
            let value = table[Int(character)]
            guard value < 64 else { return nil }
            bits = bits << 6 | UInt32(value)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
            }
        }
        return bits & (1 << bitCount - 1) == 0 ? bytes : nil
    }

    private static func values(of alphabet: [UInt8]) -> [UInt8] {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
        return table
    }
}
