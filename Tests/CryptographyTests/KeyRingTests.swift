import Cryptography
import Testing

@Suite struct KeyRingTests {
    @Test func `what a ring seals, it opens for the same purpose only`() throws {
        let ring = try KeyRing([.random()])
        let sealed = try ring.seal(Array("hunter2".utf8), for: "webhook secret of o1")
        #expect(try ring.open(sealed, for: "webhook secret of o1") == Array("hunter2".utf8))
        #expect(sealed.count == 7 + KeyRing.overheadBytes)
        #expect(throws: CryptographyError.self) { try ring.open(sealed, for: "webhook secret of o2") }
    }

    @Test func `a changed bit anywhere is found`() throws {
        let ring = try KeyRing([.random()])
        let sealed = try ring.seal(Array("hunter2".utf8), for: "a")
        for position in sealed.indices {
            var changed = sealed
            changed[position] ^= 0x40
            #expect(throws: CryptographyError.self) { try ring.open(changed, for: "a") }
        }
        #expect(throws: CryptographyError.self) { try ring.open(sealed.dropLast(), for: "a") }
        #expect(throws: CryptographyError.self) { try ring.open([], for: "a") }
    }

    @Test func `keys rotate: a newer key seals, the older one still opens, and then may go`() throws {
        let (older, newer) = (try SymmetricKey.random(), try SymmetricKey.random())
        let before = try KeyRing([older]).seal(Array("hunter2".utf8), for: "a")
        let ring = try KeyRing([newer, older])
        #expect(try ring.open(before, for: "a") == Array("hunter2".utf8))
        #expect(!ring.isCurrent(before))
        let after = try ring.seal(Array("hunter2".utf8), for: "a")
        #expect(ring.isCurrent(after))
        #expect(try KeyRing([newer]).open(after, for: "a") == Array("hunter2".utf8))
        let error = #expect(throws: CryptographyError.self) { try KeyRing([newer]).open(before, for: "a") }
        #expect(error?.code == .unknownKey)
    }

    @Test func `a text holds one key a line, with comments`() throws {
        let (first, second) = (String(repeating: "0a", count: 32), String(repeating: "0b", count: 32))
        let ring = try KeyRing(text: "# since May\n\(first)\n\n  \n\(second)\r\n")
        let sealed = try KeyRing(text: second).seal([1, 2, 3], for: "a")
        #expect(try ring.open(sealed, for: "a") == [1, 2, 3])
        #expect(ring.isCurrent(try KeyRing(text: first).seal([], for: "b")))
        #expect(throws: CryptographyError.self) { try KeyRing(text: "# nothing\n") }
        #expect(throws: CryptographyError.self) { try KeyRing(text: "hunter2") }
    }
}
