/// Tells master keys apart without saying anything about them.
struct KeyID: Hashable, Sendable, CustomStringConvertible {
    static let byteCount = 8

    /// Always ``byteCount`` of them.
    let bytes: [UInt8]

    /// Derives the id by HMAC-SHA-256, whose output under the key is of no use for anything else.
    init(of key: SymmetricKey) throws(CryptographyError) {
        let label = Array("ocuroot master key id".utf8)
        let keyBytes = key.withBytes { Array(UnsafeBufferPointer(start: $0, count: SymmetricKey.byteCount)) }
        bytes = Array(try HMACSHA256.code(for: label, key: keyBytes).bytes.prefix(Self.byteCount))
    }

    var description: String { Hex.encode(bytes) }
}
