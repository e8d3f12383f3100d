import Starlark
import Testing

@Suite struct ExpressionTests {
    @Test(arguments: [
        ("1 + 2 * 3 - 4", "3"), ("7 // 2, -7 // 2, 7 // -2, 7 % -3, -7 % 3", "(3, -4, -4, -2, 2)"),
        ("1 / 2, 3 / 1", "(0.5, 3.0)"), ("2 < 3 and 3 <= 3 and 4 > 3 and 4 >= 4", "True"),
        ("1 == 1.0, 1 != 2, \"a\" == \"b\", None == False", "(True, True, False, False)"),
        ("0x10 | 3, 6 & 3, 6 ^ 3, ~5, 1 << 4, -16 >> 2", "(19, 2, 5, -6, 16, -4)"),
        ("-(-3), +4, not 0, not \"a\"", "(3, 4, True, False)"),
        ("1.5 // 1, -1.5 % 1, 1e300 * 1e10", "(1.0, 0.5, +inf)"),
        ("\"ab\" + \"c\" * 3, 2 * (1, 2), [0] * 3", "(\"abccc\", (1, 2, 1, 2), [0, 0, 0])"),
        ("[1] + [2], (1,) + (2,)", "([1, 2], (1, 2))"),
        ("{\"a\": 1} | {\"b\": 2, \"a\": 3}", "{\"a\": 3, \"b\": 2}"),
        ("1 in [1], 4 not in (1, 2), \"b\" in \"abc\", 1 in {1: 2}, [] in {}", "(True, True, True, True, False)"),
        ("0 or \"\" or [], 1 and 2 and 3, 0 and fail(), 1 or fail()", "([], 3, 0, 1)"),
        ("1 if [] else 2, 3 if \"x\" else fail()", "(2, 3)"),
        ("(lambda a, b=2: a * b)(5)", "10"),
        ("[i for i in range(5) if i % 2], {k: v for k, v in [(1, 2)]}", "([1, 3], {1: 2})"),
        ("[(i, j) for i in range(3) for j in range(i)]", "[(1, 0), (2, 0), (2, 1)]"),
    ])
    func `operators and displays`(_ expression: String, _ expected: String) throws {
        #expect(try Script.repr(expression) == expected)
    }

    @Test(arguments: [
        ("[1, 2, 3, 4][1:3]", "[2, 3]"), ("(1, 2, 3)[::-1]", "(3, 2, 1)"), ("\"hello\"[-3:]", "\"llo\""),
        ("\"hello\"[::2]", "\"hlo\""), ("range(10)[2:8:3]", "range(2, 8, 3)"), ("[1, 2][5:]", "[]"),
        ("[1, 2, 3][-100:100]", "[1, 2, 3]"), ("\"abc\"[2:1]", "\"\""), ("[1, 2, 3][-1], (4, 5)[0]", "(3, 4)"),
        ("\"é\"[0] == \"é\"", "False"), ("b\"ab\"[1]", "b\"b\""), ("[0, 1, 2, 3][3:0:-2]", "[3, 1]"),
        ("[1, 2, 3][1 << 70:], [1, 2, 3][-1 << 70:]", "([], [1, 2, 3])"),
    ])
    func `indices and slices are clamped and count from the end`(_ expression: String, _ expected: String) throws {
        #expect(try Script.repr(expression) == expected)
    }

    @Test(arguments: [
        ("1 + \"a\"", "unknown binary op: int + string"), ("[1][3]", "list index 3 out of range [-1:0]"),
        ("[][0]", "index 0 out of range: empty list"), ("{1: 2}[3]", "key 3 not in dict"),
        ("1 // 0", "floored division by zero"), ("1 % 0", "integer modulo by zero"),
        ("1.0 / 0", "floating-point division by zero"), ("-\"a\"", "unknown unary op: - string"),
        ("1()", "invalid call of non-function (int)"), ("[1][\"a\"]", "list index: got string, want int"),
        ("{[]: 1}", "unhashable type: list"), ("{1: 2, 1: 3}", "duplicate key: 1"),
        ("1 << -1", "negative shift count: -1"), ("1 << 600", "shift count too large: 600"),
        ("[1 for x in 3]", "int value is not iterable"), ("\"abc\".foo", "string has no .foo field or method"),
        ("[1, 2][::0]", "zero is not a valid slice step"), ("{} < {}", "dict < dict not implemented"),
    ])
    func `wrong operands fail with a message`(_ expression: String, _ message: String) throws {
        #expect(Script.failure("x = \(expression)")?.message == message)
    }

    @Test func `an f-string joins the texts of its values`() throws {
        #expect(try Script.x("a = 3\nx = f\"<{a}|{a + 1}|{'q'!r}>\"") == .string("<3|4|\"q\">"))
    }

    @Test func `a chain of a hundred thousand operators is compiled and run without recursion`() throws {
        let sum = Array(repeating: "1", count: 100_000).joined(separator: " + ")
        #expect(try Script.x("x = \(sum)") == .int(100_000))
        let either = Array(repeating: "0", count: 50_000).joined(separator: " or ")
        #expect(try Script.x("x = \(either) or 7") == .int(7))
        #expect(try Script.x("x = 5 if \(either) else 6") == .int(6))
    }

    @Test func `the target of an assignment may occur in its value`() throws {
        let text = """
            def f():
                a = 0
                a = a or 5
                b = [1, 2]
                b = [y + a for y in b if y in b]
                c = {"k": b}
                c = {"k": c, "l": [c]}
                d = (1, 2)
                d = d[1:] + d
                e = 3
                e = e if e > 5 else e + 1
                return a, b, c, d, e
            x = repr(f())
            """
        let expected = "(5, [6, 7], {\"k\": {\"k\": [6, 7]}, \"l\": [{\"k\": [6, 7]}]}, (2, 1, 2), 4)"
        #expect(try Script.x(text) == .string(expected))
    }
}
