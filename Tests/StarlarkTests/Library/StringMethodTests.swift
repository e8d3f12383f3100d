import Starlark
import Testing

@Suite
struct StringMethodTests {
    @Test
    func `searching`() {
        let problems = LibraryChunks.problems(
            #"""
            s = "banana"
            assert_eq([s.find("an"), s.find("an", 2), s.find("an", 4), s.find("", 9), s.rfind("an"), s.rfind("an", 0, 4)],
                [1, 3, -1, 6, 3, 1])
            assert_eq([s.find("a", -1), s.find("a", None, 1), s.find("na", 1 << 70)], [5, -1, -1])
            assert_eq([s.count("a"), s.count("ana"), s.count(""), s.count("a", 2, 4)], [3, 1, 7, 1])
            assert_eq([s.index("n"), s.rindex("n")], [2, 4])
            assert_eq([s.startswith("ba"), s.startswith(("x", "ba")), s.startswith("a", 1), s.startswith(())],
                [True, True, True, False])
            assert_eq([s.endswith("na"), s.endswith(("x", "y")), s.endswith("n", 0, 3)], [True, False, True])
            long = "x" * 1000 + "needle" + "y" * 1000
            assert_eq([long.find("needle"), long.rfind("needle"), long.find("y" * 999)], [1000, 1000, 1006])
            """#)
        #expect(problems.isEmpty)
        let failures = LibraryChunks.failures(
            #"""
            "a".index("b") ### index: substring not found
            "a".rindex("b") ### rindex: substring not found
            "a".find(1) ### find: for parameter 1: got int, want string
            "a".find("a", "b") ### find: invalid start index: got string, want int
            "a".startswith(1) ### startswith: got int, want string or tuple of string
            "a".startswith(("b", 1)) ### startswith: want string, got int, for element 1
            "a".count() ### count: got 0 arguments, want at least 1
            """#)
        #expect(failures.isEmpty)
    }

    @Test
    func `letters and their cases`() {
        let problems = LibraryChunks.problems(
            #"""
            assert_eq(["AbC".lower(), "AbC".upper(), "straße É".upper(), "ÀÉ".lower()], ["abc", "ABC", "STRAßE É", "àé"])
            assert_eq(["hELLO world".capitalize(), "hELLO wORLD o'neil".title(), "éa".title()],
                ["Hello world", "Hello World O'Neil", "Éa"])
            assert_eq(["abc".islower(), "aBc".islower(), "1".islower(), "1a".islower(), "ABC".isupper(), "".isupper()],
                [True, False, False, True, True, False])
            assert_eq(["a1".isalnum(), "a-".isalnum(), "é".isalpha(), "1".isdigit(), "٣".isdigit(), "".isdigit()],
                [True, False, True, True, True, False])
            assert_eq([" \t\u00a0".isspace(), "".isspace(), "Hello World".istitle(), "Hello world".istitle()],
                [True, False, True, False])
            """#)
        #expect(problems.isEmpty)
    }

    @Test
    func `splitting`() {
        let problems = LibraryChunks.problems(
            #"""
            assert_eq("a,b,,c".split(","), ["a", "b", "", "c"])
            assert_eq("a,b,,c".split(",", 1), ["a", "b,,c"])
            assert_eq("a,b,,c".rsplit(",", 1), ["a,b,", "c"])
            assert_eq("a,b,,c".rsplit(",", 0), ["a,b,,c"])
            assert_eq(" a  b c ".split(), ["a", "b", "c"])
            assert_eq(" a  b c ".split(None, 1), ["a", "b c "])
            assert_eq(" a  b c ".rsplit(None, 1), [" a  b", "c"])
            assert_eq("".split(","), [""])
            assert_eq("".split(), [])
            assert_eq("a\u2003b".split(), ["a", "b"])
            assert_eq("a\nb\n\nc\n".splitlines(), ["a", "b", "", "c"])
            assert_eq("a\nb".splitlines(True), ["a\n", "b"])
            assert_eq("".splitlines(), [])
            assert_eq("k=v=w".partition("="), ("k", "=", "v=w"))
            assert_eq("k=v=w".rpartition("="), ("k=v", "=", "w"))
            assert_eq("kv".partition("="), ("kv", "", ""))
            assert_eq("kv".rpartition("="), ("", "", "kv"))
            """#)
        #expect(problems.isEmpty)
        let failures = LibraryChunks.failures(
            #"""
            "a".split("") ### split: empty separator
            "a".split(1) ### split: got int for separator, want string
            "a".split(",", "x") ### for parameter 2: got string, want int
            "a".partition("") ### partition: empty separator
            "a".splitlines(1) ### got int, want bool
            """#)
        #expect(failures.isEmpty)
    }

    @Test
    func `editing`() {
        let problems = LibraryChunks.problems(
            #"""
            assert_eq("-".join(["a", "b", ""]), "a-b-")
            assert_eq(", ".join({"x": 1, "y": 2}), "x, y")
            assert_eq("".join(()), "")
            assert_eq("--".join(["solo"]), "solo")
            assert_eq("é".join(["a", "b"]), "aéb")
            assert_eq("banana".replace("a", "o"), "bonono")
            assert_eq("banana".replace("a", "", 2), "bnna")
            assert_eq("aé".replace("", "-"), "-a-é-")
            assert_eq("aé".replace("", "-", 2), "-a-é")
            assert_eq("abc".replace("x", "y"), "abc")
            assert_eq("  x ".strip(), "x")
            assert_eq("xxabcx".strip("x"), "abc")
            assert_eq("xyabcy".lstrip("yx"), "abcy")
            assert_eq("éaé".rstrip("é"), "éa")
            assert_eq("\u00a0a\u00a0".strip(), "a")
            assert_eq("foobar".removeprefix("foo"), "bar")
            assert_eq("foobar".removesuffix("foo"), "foobar")
            assert_eq(list("ab".elem_ords()), [97, 98])
            assert_eq(list("é".codepoint_ords()), [233])
            assert_eq(list(b"\xff".elems()), [255])
            assert_eq("ab".elems()[1], "b")
            """#)
        #expect(problems.isEmpty)
        let failures = LibraryChunks.failures(
            #"""
            ",".join(["a", 1]) ### join: in list, want string, got int
            ",".join("abc") ### join: for parameter 1: got string, want iterable
            "a".replace("b") ### replace: got 1 arguments, want at least 2
            "a".strip(1) ### for parameter 1: got int, want string
            "a".codepoints()[0] ### unhandled index operation string.codepoints[int]
            "a".uper() ### string has no .uper field or method (did you mean .upper?)
            """#)
        #expect(failures.isEmpty)
    }

    @Test
    func `formatting by position and by name`() {
        let problems = LibraryChunks.problems(
            #"""
            assert_eq("%s %r %d%%" % ("a", "a", 7), 'a "a" 7%')
            assert_eq("%x %X %o %c %c" % (255, -255, 8, 65, "é"), "ff -FF 10 A é")
            assert_eq("%d" % 3.9, "3")
            assert_eq("%(a)s-%(b)d" % {"a": 1, "b": 2, "c": 3}, "1-2")
            assert_eq("%e %f %g %G" % (1234.5, 0.1, 1e21, 1e-10), "1.234500e+03 0.100000 1e+21 1E-10")
            assert_eq("%f" % 1e20, "100000000000000000000.000000")
            assert_eq("%s" % [1], "[1]")
            assert_eq("%s" % ((1, 2),), "(1, 2)")
            assert_eq("%x" % (1 << 70), "400000000000000000")
            assert_eq("{0} {1} {0}".format("a", 2), "a 2 a")
            assert_eq("{} {} {{}}".format(1, "x"), "1 x {}")
            assert_eq("{a!r} {b!s}".format(a="x", b="y"), '"x" y')
            """#)
        #expect(problems.isEmpty)
        let failures = LibraryChunks.failures(
            #"""
            "%d" % "x" ### %d format requires integer: cannot convert string to int
            "%f" % "x" ### %f format requires float, not string
            "%s %s" % 1 ### not enough arguments for format string
            "%s" % (1, 2) ### too many arguments for format string
            "%" % 1 ### incomplete format
            "%q" % 1 ### unknown conversion %q
            "%(a)s" % 1 ### format requires a mapping
            "%(a)s" % {} ### key not found: a
            "%(a" % {} ### incomplete format key
            "%c" % "ab" ### %c format requires a single-character string
            "%c" % 0x110000 ### %c format requires a valid Unicode code point
            "{".format(1) ### unmatched '{' in format
            "}".format(1) ### single '}' in format
            "{} {0}".format(1) ### cannot switch from automatic field numbering to manual
            "{0} {}".format(1) ### cannot switch from manual field specification to automatic
            "{1}".format(1) ### tuple index out of range
            "{x}".format(y=1) ### keyword x not found
            "{x.y}".format(x=1) ### attribute syntax x.y is not supported
            "{x[0]}".format(x=1) ### element syntax a[i] is not supported
            "{x!z}".format(x=1) ### unknown conversion "z"
            "{x:>3}".format(x=1) ### format spec features not supported in replacement fields: >3
            """#)
        #expect(failures.isEmpty)
    }
}
