import Testing

@testable import Store

@Suite struct StorableTextTests {
    @Test func `what is stored is bounded in bytes, also where a letter has a million accents`() {
        let text = "a" + String(repeating: "\u{301}", count: 1 << 20)
        #expect(text.count == 1)
        let stored = text.storable()
        #expect(stored.utf8.count == 63_999 && text.unicodeScalars.starts(with: stored.unicodeScalars))
    }

    @Test func `no letter is cut in two, and NUL is replaced`() {
        #expect("\u{1F600}\u{1F600}".storable(bytesMax: 7) == "\u{1F600}")
        #expect("a\0\u{301}b\0".storable() == "a\u{FFFD}\u{301}b\u{FFFD}")
        #expect("abc".storable(bytesMax: 3) == "abc" && "abcd".storable(bytesMax: 3) == "abc")
    }
}
