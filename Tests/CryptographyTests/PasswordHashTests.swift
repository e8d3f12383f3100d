import Testing

@testable import Cryptography

@Suite struct PasswordHashTests {
    @Test func `scrypt gives the keys of RFC 7914`() throws {
        let key = try Scrypt.derive(
            password: Array("pleaseletmein".utf8), salt: Array("SodiumChloride".utf8),
            cost: try #require(ScryptCost(logN: 14, blockSize: 8, parallelism: 1)), count: 64)
        #expect(
            Hex.encode(key)
                == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")
    }

    @Test func `a stored hash matches its password and no other`() throws {
        let stored = try PasswordHash(password: "corréct horse").description
        let hash = try PasswordHash(stored: stored)
        #expect(stored.hasPrefix("$scrypt$ln=15,r=8,p=1$"))
        #expect(try hash.matches("corréct horse"))
        #expect(try !hash.matches("correct horse"))
        #expect(try !hash.matches(""))
        #expect(try !hash.matches(String(repeating: "x", count: 2000)))
        #expect(hash.description == stored)
        #expect(!hash.isOutdated)
    }

    @Test func `the same password is never stored alike`() throws {
        let cost = try #require(ScryptCost(logN: 10, blockSize: 1, parallelism: 1))
        let stored = try (0..<20).map { _ in try PasswordHash(password: "p", cost: cost).description }
        #expect(Set(stored).count == 20)
        #expect(try PasswordHash(stored: stored[0]).isOutdated)
    }

    @Test(arguments: [
        "", "plain", "$scrypt$", "$argon2id$v=19$m=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=31,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=15,r=800,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=15,r=8$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=15,r=8,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=15,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$",
        "$scrypt$ln=15,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA$more",
    ])
    func `a stored text that is no bounded scrypt hash is refused`(text: String) {
        #expect { try PasswordHash(stored: text) } throws: { ($0 as? CryptographyError)?.code == .unsupportedHash }
    }

    @Test(arguments: ["", String(repeating: "x", count: 1025)]) func `an empty or endless password is refused`(
        password: String
    ) {
        #expect { try PasswordHash(password: password) } throws: { ($0 as? CryptographyError)?.code == .invalidInput }
    }
}
