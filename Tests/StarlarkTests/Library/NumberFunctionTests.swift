import Starlark
import Testing

@Suite
struct NumberFunctionTests {
    @Test
    func `numbers are converted and taken apart`() {
        let problems = LibraryChunks.problems(
            #"""
            assert_eq(abs(-7), 7)
            assert_eq(abs(-7.5), 7.5)
            assert_eq(abs(-(1 << 80)), 1 << 80)
            assert_eq(abs(-(1 << 62)), 1 << 62)
            assert_eq(bool(), False)
            assert_eq([bool(x) for x in [0, 1, 0.0, "", "a", [], [0], None, (), {}]],
                [False, True, False, False, True, False, True, False, False, False])
            assert_eq(int("12"), 12)
            assert_eq(int("-0x1F", 16), -31)
            assert_eq(int("0b101", 0), 5)
            assert_eq(int("+0o17", 0), 15)
            assert_eq(int("zz", 36), 1295)
            assert_eq(int("000", 0), 0)
            assert_eq(int("123456789012345678901234567890"), 123456789012345678901234567890)
            assert_eq(int("-ffffffffffffffffffff", 16), -0xffffffffffffffffffff)
            assert_eq(int("1" + "0" * 50, 8), 1 << 150)
            assert_eq("%x" % -(1 << 401), "-2" + "0" * 100)
            assert_eq("%o" % int("-1234567" + "0" * 40, 8), "-1234567" + "0" * 40)
            assert_eq(int("7" * 999, 8), int("1" * 2997, 2))
            assert_eq(int(3.99), 3)
            assert_eq(int(-3.99), -3)
            assert_eq(int(1e30), 1000000000000000019884624838656)
            assert_eq(int(True), 1)
            assert_eq(float(3), 3.0)
            assert_eq(float("1.5e3"), 1500.0)
            assert_eq(float("-.5"), -0.5)
            assert_eq(float(False), 0.0)
            assert_eq(str(float("+Infinity")), "+inf")
            assert_eq(str(float("nan")), "nan")
            assert_eq(float(12345678901234567890123), 1.2345678901234568e+22)
            assert_eq(float((1 << 53) + 1), 9007199254740992.0)
            assert_eq(float((1 << 100) + (1 << 47)), 1.2676506002282294e+30)
            """#)
        #expect(problems.isEmpty)
    }

    @Test
    func `what is no number is refused`() {
        let problems = LibraryChunks.failures(
            #"""
            int() ### int: missing argument for x
            int("") ### invalid literal with base 10
            int("0755", 0) ### invalid literal with base 0
            int("12", 37) ### base must be an integer >= 2 && <= 36
            int("--1") ### invalid literal
            int(1, 10) ### can't convert non-string with explicit base
            int(None) ### cannot convert NoneType to int
            int(float("inf")) ### cannot convert float infinity to integer
            int("1", bas=2) ### unexpected keyword argument bas (did you mean base?)
            float("1_0") ### invalid float literal: 1_0
            float("") ### empty string
            float("1e999") ### floating-point number too large
            float((1 << 511) * (1 << 511) * 4) ### int too large to convert to float
            float([]) ### got list, want number or string
            abs("x") ### got string, want int or float
            abs() ### got 0 arguments, want 1
            bool(1, 2) ### got 2 arguments, want at most 1
            """#)
        #expect(problems.isEmpty)
    }

    @Test
    func `text is converted to code points, bytes and hashes`() {
        let problems = LibraryChunks.problems(
            #"""
            assert_eq(chr(65) + chr(0x20AC) + chr(0x1F600), "A€😀")
            assert_eq(ord("€"), 0x20AC)
            assert_eq(ord(b"\xff"), 255)
            assert_eq(hash("hello"), 99162322)
            assert_eq(hash(""), 0)
            assert_eq(hash(b"a"), 0xe40c292c)
            assert_eq(bytes("é"), b"\xc3\xa9")
            assert_eq(bytes([0, 255]), b"\x00\xff")
            assert_eq(bytes("😀"[:2]), b"\xef\xbf\xbd\xef\xbf\xbd")
            assert_eq(str(b"a\xff"), "a\uFFFD")
            assert_eq(repr("a\n\"\\\u200b\x01é"), '"a\\n\\"\\\\\\u200b\\x01é"')
            assert_eq(repr(b"\x00a"), 'b"\\x00a"')
            assert_eq(str([1, "a", (2,), {"k": None}]), '[1, "a", (2,), {"k": None}]')
            assert_eq(str(1e6), "1e+06")
            assert_eq(str(100000.0), "100000.0")
            assert_eq(str(0.0001), "0.0001")
            assert_eq(str(0.00001), "1e-05")
            assert_eq(str(-0.0), "-0.0")
            assert_eq(str(1 << 100), "1267650600228229401496703205376")
            """#)
        #expect(problems.isEmpty)
        let failures = LibraryChunks.failures(
            #"""
            chr(-1) ### out of range (<0)
            chr(0x110000) ### U+110000 out of range (>0x10FFFF)
            ord("ab") ### string encodes 2 Unicode code points, want 1
            ord("") ### string encodes 0
            ord(b"") ### bytes has length 0, want 1
            bytes([256]) ### at index 0, 256 out of range
            bytes([1, "a"]) ### at index 1, got string, want int
            bytes(1) ### got int, want string, bytes, or iterable of ints
            hash(1) ### got int, want string or bytes
            """#)
        #expect(failures.isEmpty)
    }
}
