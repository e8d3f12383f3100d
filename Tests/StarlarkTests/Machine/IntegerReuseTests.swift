import Starlark
import Testing

@Suite struct IntegerReuseTests {
    @Test func `numbers that are still referred to keep their value while others are computed`() throws {
        let text = """
            BIG = 1 << 64

            def same(x):
                return x

            def check():
                kept = []
                a = BIG + 1
                for i in range(200):
                    b = a * 3 + i
                    kept.append(b)
                    c = (a + b) * 2 - (a ^ b) + (b & a)
                    d = same(a + i) + same(b - i) + (same(a) | b)
                    e = [a + 1, b + 1, a + b + 1]
                    if e[2] - e[0] != b or e[2] - e[1] != a or e[0] - 1 != a:
                        fail("list", i)
                    if c - (b & a) + (a ^ b) != 2 * b + 2 * a or d - (a | b) != a + b:
                        fail("sums", i)
                    a += (b >> 1) & (BIG - 1)
                    a -= (kept[-1] >> 1) & (BIG - 1)
                    if a != BIG + 1 or kept[i] != (BIG + 1) * 3 + i:
                        fail("kept", i)
                return True

            x = check()
            """
        #expect(try Script.x(text) == .bool(true))
    }

    @Test(arguments: [
        ("(BIG + 1) % (BIG * 8) + 0 * BIG", "BIG + 1"), ("(-BIG - 7) % (-BIG * 4) + 1", "-BIG - 6"),
        ("(BIG or BIG) + 1 - BIG", "1"), ("(BIG if BIG else 0) * 2 - (BIG << 1)", "0"),
        ("-(-BIG) + +BIG", "BIG * 2"), ("(BIG + 1) * (BIG - 1)", "BIG * BIG - 1"),
        ("((BIG + 1) * (BIG + 1)) * ((BIG + 1) * (BIG + 1)) // (BIG + 1) // (BIG + 1)", "(BIG + 1) * (BIG + 1)"),
        ("(BIG * BIG - 1 + (BIG * BIG - 1)) // 2", "BIG * BIG - 1"),
    ])
    func `operands of an operator survive it`(_ expression: String, _ expected: String) throws {
        let text = "BIG = 18446744073709551616\nkept = BIG\nx = [\(expression) == \(expected), kept == 1 << 64]"
        #expect(try Script.x(text) == .list([.bool(true), .bool(true)]))
    }

    @Test func `products of long integers agree with sums of short ones`() throws {
        let text = """
            def check(bits, other):
                a = 1
                for i in range(bits // 50):
                    a = (a << 50) + 0x3a5f1234567 * i + 1
                b = 3
                for i in range(other // 50):
                    b = (b << 50) + 0x1f00d + i * i
                # The schoolbook's way, by pieces too short to be halved.
                total = 0
                shift = 0
                rest = b
                for _ in range(other // 500 + 2):
                    total += (a * (rest & ((1 << 500) - 1))) << shift if shift < 500 else (a * (rest & ((1 << 500) - 1))) * pow2(shift)
                    rest = rest >> 500
                    shift += 500
                if rest != 0 or total != a * b or total != b * a:
                    fail(bits, other)
                if -a * b != -total or (a - b) * (a + b) != a * a - b * b:
                    fail("signs", bits, other)
                if total // a != b or total % b != 0:
                    fail("division", bits, other)

            def pow2(n):
                x = 1
                for _ in range(n // 500):
                    x = x << 500
                return x << (n % 500)

            def all():
                for bits in [100, 2500, 2560, 5100, 8200, 20000]:
                    for other in [100, 2600, 5200, 12000]:
                        check(bits, other)
                return True

            x = all()
            """
        #expect(try Script.x(text) == .bool(true))
    }
}
