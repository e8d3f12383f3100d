import Cryptography
import Testing

@Suite struct TextCodingTests {
    /// RFC 4648, section 10.
    static let known = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ]

    @Test(arguments: known) func `Base64 is that of RFC 4648`(text: String, encoded: String) {
        let bytes = Array(text.utf8)
        let unpadded = String(encoded.prefix { $0 != "=" })
        #expect(Base64.encode(bytes) == encoded)
        #expect(Base64.decode(encoded) == bytes)
        #expect(Base64.encode(bytes, as: .unpadded) == unpadded)
        #expect(Base64.decode(unpadded, as: .unpadded) == bytes)
    }

    @Test func `every byte survives every coding`() {
        for count in 0..<300 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ count) }
            for variant in [Base64.Variant.padded, .unpadded, .urlSafe] {
                #expect(Base64.decode(Base64.encode(bytes, as: variant), as: variant) == bytes)
            }
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        }
    }

    @Test func `the URL-safe alphabet has no character that URLs reserve`() {
        #expect(Base64.encode([0xfb, 0xff, 0xbf], as: .urlSafe) == "-_-_")
        #expect(Base64.encode([0xfb, 0xff, 0xbf]) == "+/+/")
        #expect(Base64.decode("+/+/", as: .urlSafe) == nil)
    }

    @Test(arguments: ["Zg", "Zg=", "Zg===", "Z", "Zh==", "Zm9=", "Zg==\n", " Zg==", "Zm9v Zg==", "====", "Zé=="])
    func `Base64 has one spelling for a value`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: ["a", "0g", "zz", "0x", "é0"]) func `what is not hexadecimal is refused`(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test func `tokens are long enough, url-safe and never the same`() throws {
        let tokens = try (0..<1000).map { _ in try SecureRandom.token() }
        #expect(Set(tokens).count == 1000)
        for token in tokens { #expect(Base64.decode(token, as: .urlSafe)?.count == 32) }
        #expect(throws: CryptographyError.self) { try SecureRandom.bytes(-1) }
        #expect(throws: CryptographyError.self) { try SecureRandom.bytes(SecureRandom.byteCountMax + 1) }
        #expect(try SecureRandom.bytes(0).isEmpty)
    }
}
