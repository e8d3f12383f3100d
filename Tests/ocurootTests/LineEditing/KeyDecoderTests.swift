import Testing

@testable import ocuroot

@Suite struct KeyDecoderTests {
    private func keys(_ text: String) -> [Key] {
        var decoder = KeyDecoder()
        return decoder.keys(text.utf8)
    }

    @Test func `text comes joined, also of several bytes a character`() {
        #expect(keys("añ😀b") == [.text("añ😀b")])
    }

    @Test(arguments: [
        ("\u{1B}[A", Key.up), ("\u{1B}OB", .down), ("\u{1B}[1;5C", .wordRight), ("\u{1B}[3~", .delete),
        ("\u{1B}[H", .home), ("\u{1B}[4~", .end), ("\u{1B}b", .wordLeft), ("\u{7F}", .backspace),
        ("\u{03}", .interrupt),
        ("\u{04}", .endOfInput), ("\r", .enter), ("\t", .tab), ("\u{1B}[15~", .unknown), ("\u{0F}", .unknown),
    ])
    func `a sequence is one key`(sequence: String, key: Key) {
        #expect(keys("x" + sequence + "y") == [.text("x"), key, .text("y")])
    }

    @Test func `a key that comes in pieces waits for its end`() {
        var decoder = KeyDecoder()
        #expect(decoder.keys([0x1B]) == [])
        #expect(decoder.keys(Array("[".utf8)) == [])
        #expect(decoder.keys(Array("A".utf8)) == [.up])
        #expect(decoder.keys(Array("é".utf8).prefix(1)) == [])
        #expect(decoder.keys(Array("é".utf8).suffix(1)) == [.text("é")])
    }

    @Test func `a paste is text, lines and all, and nothing in it is a key`() {
        #expect(keys("\u{1B}[200~a\r\nb\u{1B}[A\u{03}\tc\u{1B}[201~\r") == [.text("a\nb[A\tc"), .enter])
        var decoder = KeyDecoder()
        #expect(decoder.keys(Array("\u{1B}[200~ab\u{1B}[20".utf8)) == [])
        #expect(decoder.keys(Array("1~c".utf8)) == [.text("abc")])
    }

    @Test func `a paste without end is bounded`() {
        var decoder = KeyDecoder()
        _ = decoder.keys(Array("\u{1B}[200~".utf8))
        for _ in 0..<3 { _ = decoder.keys([UInt8](repeating: 0x61, count: KeyDecoder.pasteBytesMax)) }
        let keys = decoder.keys(Array("\u{1B}[201~".utf8))
        #expect(keys == [.text(String(repeating: "a", count: KeyDecoder.pasteBytesMax))])
    }
}
