import Testing

@testable import Cryptography

@Suite struct AES256GCMTests {
    struct Case {
        let key: String
        let nonce: String
        let plaintext: String
        let associatedData: String
        let result: String
    }

    /// McGrew and Viega's GCM specification, as in NIST's submission, test cases 13 to 16.
    static let known = [
        Case(
            key: String(repeating: "0", count: 64), nonce: String(repeating: "0", count: 24), plaintext: "",
            associatedData: "", result: "530f8afbc74536b9a963b4f1c4cb738b"),
        Case(
            key: String(repeating: "0", count: 64), nonce: String(repeating: "0", count: 24),
            plaintext: String(repeating: "0", count: 32), associatedData: "",
            result: "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
        Case(
            key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
            nonce: "cafebabefacedbaddecaf888",
            plaintext: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
            associatedData: "",
            result: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
                + "b094dac5d93471bdec1a502270e3cc6c"),
        Case(
            key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
            nonce: "cafebabefacedbaddecaf888",
            plaintext: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
            associatedData: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            result: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                + "76fc6ece0f4e1768cddf8853bb2d551b"),
    ]

    @Test(arguments: known.indices) func `NIST's messages seal to NIST's ciphertexts and open again`(
        index: Int
    ) throws {
        let known = Self.known[index]
        let key = try SymmetricKey(text: known.key)
        let bytes = try [known.nonce, known.plaintext, known.associatedData].map { try #require(Hex.decode($0)) }
        let sealed = try AES256GCM.seal(bytes[1], key: key, associatedData: bytes[2], nonce: bytes[0])
        #expect(Hex.encode(sealed) == known.nonce + known.result)
        #expect(try AES256GCM.open(sealed, key: key, associatedData: bytes[2]) == bytes[1])
    }

    @Test(arguments: [0, 1, 15, 16, 17, 100_000]) func `what was sealed opens under the same key and purpose only`(
        count: Int
    ) throws {
        let key = try SymmetricKey.random()
        let plaintext = try SecureRandom.bytes(count)
        let purpose = Array("secret/db/password".utf8)
        let sealed = try AES256GCM.seal(plaintext, key: key, associatedData: purpose)
        #expect(sealed.count == count + AES256GCM.overheadBytes)
        #expect(try AES256GCM.open(sealed, key: key, associatedData: purpose) == plaintext)
        expectRefused(sealed, key: try .random(), purpose)
        expectRefused(sealed, key: key, purpose + [0])
        expectRefused(sealed, key: key, [])
        for index in [0, 11, 12, sealed.count - 17, sealed.count - 1] where sealed.indices.contains(index) {
            var changed = sealed
            changed[index] ^= 0x80
            expectRefused(changed, key: key, purpose)
        }
        for length in [0, 27, sealed.count - 1] { expectRefused(Array(sealed.prefix(length)), key: key, purpose) }
    }

    @Test func `the same text never seals to the same bytes`() throws {
        let key = try SymmetricKey.random()
        let sealed = try (0..<100).map { _ in try AES256GCM.seal([1], key: key, associatedData: [UInt8]()) }
        #expect(Set(sealed).count == 100)
    }

    @Test func `a key never shows itself`() throws {
        let key = try SymmetricKey(bytes: [UInt8](repeating: 0x41, count: 32))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(!text.contains("AAAA") && !text.contains("65"))
        }
    }

    @Test(arguments: ["", "zz", String(repeating: "ab", count: 31), String(repeating: "ab", count: 33), "AAAA"])
    func `a key of another length or alphabet is refused`(text: String) {
        #expect { try SymmetricKey(text: text) } throws: { ($0 as? CryptographyError)?.code == .invalidInput }
    }

    @Test func `a key may be written in hexadecimal or Base64, with a line end`() throws {
        let bytes = [UInt8](100..<132)
        let sealed = try AES256GCM.seal([7], key: try SymmetricKey(bytes: bytes), associatedData: [UInt8]())
        for text in [Hex.encode(bytes) + "\n", Base64.encode(bytes) + "\r\n", Base64.encode(bytes, as: .urlSafe)] {
            #expect(try AES256GCM.open(sealed, key: SymmetricKey(text: text), associatedData: [UInt8]()) == [7])
        }
    }

    private func expectRefused(
        _ sealed: [UInt8], key: SymmetricKey, _ purpose: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(sourceLocation: sourceLocation) {
            try AES256GCM.open(sealed, key: key, associatedData: purpose)
        } throws: {
            ($0 as? CryptographyError)?.code == .authenticationFailed
        }
    }
}
