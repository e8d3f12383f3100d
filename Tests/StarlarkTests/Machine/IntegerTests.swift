import Starlark
import Testing

@Suite struct IntegerTests {
    @Test(arguments: [
        ("4611686018427387903 + 1", "4611686018427387904"), ("-4611686018427387904 - 1", "-4611686018427387905"),
        ("4611686018427387904 - 1", "4611686018427387903"), ("9223372036854775807 + 1", "9223372036854775808"),
        ("4294967296 * 4294967296", "18446744073709551616"), ("-4611686018427387904 // -1", "4611686018427387904"),
        ("(1 << 64) * (1 << 64) - 1", "340282366920938463463374607431768211455"),
        ("-(1 << 70) // 3, -(1 << 70) % 3", "(-393530540239137101142, 2)"),
        (
            "((1 << 70) + 5) & 255, -(1 << 70) | 1, (1 << 70) ^ -1",
            "(5, -1180591620717411303423, -1180591620717411303425)"
        ),
        ("-(1 << 70) >> 3, (1 << 70) >> 68, ~(1 << 70)", "(-147573952589676412928, 4, -1180591620717411303425)"),
        ("(1 << 70) == float(1 << 70), (1 << 70) < 1e30, (1 << 70) + 0.0", "(True, True, 1.1805916207174113e+21)"),
        ("5 // (1 << 80), -5 // (1 << 80), -5 % (1 << 80)", "(0, -1, 1208925819614629174706171)"),
        ("{1 << 70: 1}[float(1 << 70)]", "1"),
    ])
    func `integers have any size`(_ expression: String, _ expected: String) throws {
        #expect(try Script.repr(expression) == expected)
    }

    @Test func `quotient, remainder and digits of long integers fit together`() throws {
        let text = """
            def check():
                a = 98765432109876543210987654321
                b = -7
                for i in range(300):
                    a = a * 31 + i
                    b = b * 13 - i
                    for x, y in [(a, b), (-a, b), (a, -b), (b, a), (a * b, a + 1), (a << 200, a >> 30)]:
                        q = x // y
                        r = x % y
                        if q * y + r != x or (r != 0 and (r < 0) != (y < 0)) or abs(r) >= abs(y):
                            fail("division", x, y)
                        if int(str(x)) != x or int("%x" % x, 16) != x:
                            fail("digits", x)
                        if (x ^ y) ^ y != x or (x & y) + (x | y) != x + y or -x - 1 != ~x:
                            fail("bits", x, y)
                        if x - y + y != x or (x - y) * (x + y) != x * x - y * y:
                            fail("sums", x, y)
                return True
            x = check()
            """
        #expect(try Script.x(text) == .bool(true))
    }

    @Test func `a division whose estimate is too large is corrected`() throws {
        // Limbs of all ones under a top limb of one: the estimate of a digit is off by one here.
        let text = """
            a = ((1 << 128) << 64) - 1
            b = (1 << 127) + (1 << 64) - 1
            c = (1 << 191) - 1
            x = [a // b * b + a % b == a, c // b * b + c % b == c, (a * b + b - 1) // b == a, (a * b + b - 1) % b == b - 1]
            """
        #expect(try Script.x(text) == .list([.bool(true), .bool(true), .bool(true), .bool(true)]))
    }
}
