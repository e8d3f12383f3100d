import Starlark
import Testing

/// Programs beyond the sizes that fit the operands of one instruction.
@Suite struct LargeProgramTests {
    @Test func `jumps reach over more code than sixteen bits count`() throws {
        let body = String(repeating: "        y = y + 1\n", count: 40_000)
        let text = """
            def f(n):
                y = 0
                for i in range(n):
            \(body)        if y > 50000:
                        break
                for i in [1, 2]:
            \(body)
                if y == 0:
            \(body)    elif y < 0 or y == 1:
                    y = 5
                return y
            x = f(3)
            """
        #expect(try Script.x(text) == .int(160_000))
    }

    @Test func `a literal may have more constants than sixteen bits count`() throws {
        let numbers = (0..<100_000).map { "\($0).5" }.joined(separator: ", ")
        let entries = (0..<70_000).map { "\"k\($0)\": \"v\($0)\"" }.joined(separator: ", ")
        let text =
            "def f():\n    a = [\(numbers)]\n    d = {\(entries)}\n    return [a[99999], d[\"k69999\"], len(d)]\nx = f()"
        #expect(try Script.x(text) == .list([.float(99_999.5), .string("v69999"), .int(70_000)]))
    }

    @Test func `a list literal mixes constants and expressions in order`() throws {
        let items = (0..<1_000).map { $0 % 50 == 49 ? "y + \($0)" : "\($0)" }
        let text = "y = 0\nx = [\(items.joined(separator: ", "))]"
        #expect(try Script.x(text) == .list((0..<1_000).map(StarlarkData.int)))
        let tuple = "y = 0\nx = list((\(items.joined(separator: ", "))))"
        #expect(try Script.x(tuple) == .list((0..<1_000).map(StarlarkData.int)))
    }

    @Test func `a file may have more globals and functions than sixteen bits count`() throws {
        let text = (0..<70_000).map { "g\($0) = \($0)" }.joined(separator: "\n")
        #expect(try Script.x("\(text)\ndef f(): return g69999 + g1\ng69999 = 5\nx = f() + g69998") == .int(70_004))
    }

    @Test func `too many variables in a function are refused, not miscompiled`() throws {
        let text = "def f():\n" + (0..<70_000).map { "    v\($0) = 1\n" }.joined()
        #expect(Script.failure(text)?.code == .syntax)
    }

    @Test func `many clauses of a comprehension are compiled without recursion`() throws {
        let clauses = (0..<3_000).map { "for v\($0) in [0]" }.joined(separator: " ")
        #expect(try Script.x("x = [v0 \(clauses)]") == .list([.int(0)]))
    }
}
