/// The little of ASN.1's distinguished encoding that public keys and ECDSA signatures need.
enum DER {
    static func sequence(_ parts: [UInt8]...) -> [UInt8] { element(0x30, parts.flatMap { $0 }) }

    /// A positive integer.
    ///
    /// - Parameter magnitude: its bytes, the greatest first, without leading zeros.
    static func integer(_ magnitude: [UInt8]) -> [UInt8] {
        element(0x02, magnitude.first.map { $0 >= 0x80 } ?? true ? [0] + magnitude : magnitude)
    }

    /// Whole bytes as a bit string.
    static func bitString(_ bytes: [UInt8]) -> [UInt8] { element(0x03, [0] + bytes) }

    /// An object identifier whose content is encoded already.
    static func objectIdentifier(_ content: [UInt8]) -> [UInt8] { element(0x06, content) }

    static let null: [UInt8] = [0x05, 0x00]

    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length: [UInt8] =
            if count < 0x80 {
                [UInt8(count)]
            } else {
                withUnsafeBytes(of: UInt32(truncatingIfNeeded: count).bigEndian) { bytes in
                    let digits = bytes.drop { $0 == 0 }
                    return [0x80 | UInt8(digits.count)] + digits
                }
            }
        return [tag] + length + content
    }
}
