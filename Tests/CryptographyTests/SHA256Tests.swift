import Cryptography
import Testing

@Suite struct SHA256Tests {
    /// FIPS 180-4 examples, and a million times "a".
    static let known = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ]

    @Test(arguments: known) func `a message has the digest that FIPS 180-4 gives`(text: String, hex: String) throws {
        #expect(try SHA256.digest(of: text).hex == hex)
    }

    @Test(arguments: [1, 3, 63, 64, 65, 4096]) func `pieces give the digest of the whole`(pieceBytes: Int) throws {
        let message = [UInt8]((0..<10_000).map { UInt8(truncatingIfNeeded: $0 * 7) })
        var hash = try SHA256()
        for start in stride(from: 0, to: message.count, by: pieceBytes) {
            try hash.update(message[start..<min(start + pieceBytes, message.count)])
        }
        #expect(try hash.finalize() == SHA256.digest(of: message))
    }

    @Test func `a digest is read back from its digits and from nothing else`() throws {
        let digest = try SHA256.digest(of: "abc")
        #expect(SHA256Digest(hex: digest.hex) == digest)
        #expect(SHA256Digest(hex: digest.hex.uppercased()) == digest)
        #expect(SHA256Digest(hex: String(digest.hex.dropLast(2))) == nil)
        #expect(SHA256Digest(hex: "g" + digest.hex.dropFirst()) == nil)
        #expect(SHA256Digest(bytes: [1, 2, 3]) == nil)
    }
}
