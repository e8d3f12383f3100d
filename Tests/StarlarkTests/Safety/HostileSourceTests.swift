import Starlark
import StarlarkSyntax
import Testing

/// Source text of absurd shape goes through the compiler, and runs, on a thread with little stack.
@Suite struct HostileSourceTests {
    private static let count = 100_000

    /// `repr` of the global `x`, or what compiling or running failed with.
    private static func outcome(_ text: String) throws -> String {
        try SmallStack.run {
            do throws(StarlarkError) {
                let module = try Script.run(text)
                return try module.data("x").map { "\($0)" } ?? "no x"
            } catch {
                return error.code == .syntax ? error.message : "\(error.code)"
            }
        }
    }

    private static func chain(_ text: String) -> String { String(repeating: text, count: count) }

    @Test(arguments: ["(", "[", "{1: ", "-", "~", "not ", "lambda: ", "1 if 1 else ", "x[", "f(", "2 - (1 + "])
    func `a hundred thousand levels are refused`(_ open: String) throws {
        #expect(try HostileSourceTests.outcome("x = " + HostileSourceTests.chain(open)).contains("levels deep"))
        let closed = HostileSourceTests.chain("[") + HostileSourceTests.chain("]")
        #expect(try HostileSourceTests.outcome("x = " + closed).contains("levels deep"))
    }

    @Test(arguments: [
        ("0", " + 1", "int(100000)"), ("200000", " - 1", "int(100000)"), ("1", " and 1", "int(1)"),
        ("0", " or 0", "int(0)"), ("[]", " + []", "list([])"), ("\"\"", " + \"a\"", "string"),
        ("1", " | 2", "int(3)"), ("\"a\"", ".lower()", "string(\"a\")"), ("\"a\"", "[0]", "string(\"a\")"),
        ("[1]", "[:]", "list([Starlark.StarlarkData.int(1)])"), ("f", "()", "evaluation"), ("s", ".s", "evaluation"),
        ("1", " in [1]", "associate"), ("1", " < 2", "associate"), ("1", " if 1 else 1 ", "levels deep"),
    ])
    func `a hundred thousand operators in a row are compiled and run`(
        _ first: String, _ link: String, _ expected: String
    ) throws {
        let text = "def f(): return f\ns = \"\"\nx = " + first + HostileSourceTests.chain(link)
        let outcome = try HostileSourceTests.outcome(text)
        #expect(outcome.contains(expected), "\(outcome.prefix(200))")
    }

    @Test func `a hundred thousand of anything side by side are compiled and run`() throws {
        let range = 0..<HostileSourceTests.count
        let texts = [
            "x = [" + range.map { "\($0)," }.joined() + "][99999]",
            "x = {" + range.map { "\($0): \($0)," }.joined() + "}[99999]",
            "def f(*a): return a[99999]\nx = f(*[" + range.map { "\($0)," }.joined() + "])",
            "def f(n):\n    if n == -1: return 0\n"
                + range.map { "    elif n == \($0): return \($0)\n" }.joined() + "x = f(99999)",
            range.map { "v\($0) = \($0)\n" }.joined() + "x = v99999",
        ]
        for text in texts {
            let outcome = try HostileSourceTests.outcome(text)
            #expect(outcome == "int(99999)", "\(text.prefix(40)): \(outcome.prefix(200))")
        }
    }

    @Test(arguments: [
        ("", "f\"{", ""), ("", "f\"{'", ""), ("f\"", "{", ""), ("", "def f(): ", ""), ("", "if 1: ", ""),
        ("(", "\\\n", ""),
        ("", "for x in x: ", ""), (" \t", " \t", "x"), ("", "\0", ""), ("", "\"\"\"", "\""), ("", "0x", ""),
        ("", "1e", ""),
        ("", "@", ""), ("", "a b ", ""), ("", ")", ""), ("1", "1", ""), ("", "a=", ""), ("", "a,", "= b"),
        ("def f(", "a,", "): pass"), ("f(", "a=1,", ")"), ("load(\"m\", ", "a=\"a\",", "a=1)"), ("", "undefined\n", ""),
    ])
    func `text that is no program is refused`(_ first: String, _ part: String, _ last: String) throws {
        let text = first + HostileSourceTests.chain(part) + last
        let began = ContinuousClock.now
        let error = try #require(try SmallStack.run { Script.failure(text) })
        #expect(error.code == .syntax, "\(error.code)")
        #expect(error.description.utf8.count < 100_000)
        // Time in proportion to the length, also for unoptimised code beside other tests.
        #expect(ContinuousClock.now - began < .seconds(60))
    }
}
