import Cryptography
import Model
import Testing

@testable import Store

@Suite struct SecretSealingTests {
    @Test func `without a master key a secret is refused with what to do`() throws {
        let error = #expect(throws: StoreError.self) { try SecretSealing(nil).seal(Secret("a"), for: "token of o1") }
        #expect(error?.code == .noMasterKey)
        #expect(error?.description.contains("OCUROOT_MASTER_KEY") == true)
    }

    @Test func `a secret under a key that is gone names the key, and is no damage`() throws {
        let sealed = try SecretSealing(KeyRing([.random()])).seal(Secret("a"), for: "token of o1")
        let error = #expect(throws: StoreError.self) {
            try SecretSealing(KeyRing([.random()])).open(sealed, for: "token of o1")
        }
        #expect(error?.code == .noMasterKey)
        #expect(error?.description.contains("sealed under master key") == true)
    }

    @Test func `after a rotation everything can be sealed under the new key`() throws {
        let (older, newer) = (try SymmetricKey.random(), try SymmetricKey.random())
        let before = try SecretSealing(KeyRing([older])).seal(Secret("a"), for: "token of o1")
        let both = SecretSealing(try KeyRing([newer, older]))
        let after = try #require(try both.resealed(before, for: "token of o1"))
        #expect(try both.resealed(after, for: "token of o1") == nil)
        #expect(try SecretSealing(KeyRing([newer])).open(after, for: "token of o1") == Secret("a"))
        #expect("\(Secret("a"))" == "***")
    }
}
