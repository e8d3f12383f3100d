import Glibc
import Starlark
import Testing

/// Steps bound the time: nothing a program can write does much more work than it is charged for.
@Suite(.serialized) struct ChargedWorkTests {
    private static let long = "a = \"x\" * 4000000; b = \"x\" * 3999999 + "
    private static let big = "a = 1\n    for i in range(800): a = a << 500\n    "

    /// What is prepared once, and what is done again and again until the steps are spent.
    private static let programs = [
        ("\(long)\"x\"", "a == b"), ("\(long)\"y\"", "a < b"), ("\(long)\"x\"", "a in [b]"),
        ("\(long)\"x\"; d = {b: 1}", "a in d"), ("\(long)\"x\"", "[a] == [b]"), ("\(long)\"y\"", "(a,) < (b,)"),
        ("\(long)\"y\"", "max(a, b)"), ("\(long)\"y\"", "a.startswith(b)"), ("\(long)\"y\"", "a.startswith((b, b))"),
        ("\(long)\"y\"", "a.removeprefix(b)"), ("a = \"a\"; b = \"b\" * 4000000", "a.strip(b)"),
        ("\(long)\"y\"", "getattr(1, a, 2)"), ("\(long)\"y\"", "hasattr([], a)"), ("\(long)\"y\"", "print(a)"),
        ("a = bytes(\"x\" * 4000000)", "7 in a"), ("a = \"\\u2028\" * 1000000", "len(repr(a))"),
        ("a = \"\\u00a0\" * 1000000", "a.split()"), ("a = \"\\u00a0\" * 1000000", "a.rsplit()"),
        ("d = {\"k%d\" % i: i for i in range(1000)}; f = \"{k999}\" * 1000", "f.format(**d)"),
        ("", "time.is_valid_timezone(\"Europe/Nowhere\")"), ("a = \"x\" * 1000000", "time.is_valid_timezone(a)"),
        ("a = list(range(20000))", "a == a"), ("a = tuple(range(20000)); b = list(a)", "tuple(b) in {}"),
        ("d = {i: 1 for i in range(20000)}; d.clear()", "d[1] = 1; d.pop(1)"),
        ("d = {i: 1 for i in range(20000)}; d.clear()", "d.clear()"),
        ("d = {i: 1 for i in range(20000)}\n    for i in range(1, 19999): d.pop(i)", "[k for k in d]; d == {}"),
        ("d = {i: 1 for i in range(20000)}\n    for i in range(1, 19999): d.pop(i)", "list(d); str(d); dict(d)"),
        ("s = struct(**{\"f%d\" % i: i for i in range(20000)})", "s.f19999"),
        ("s = struct(**{\"f%d\" % i: i for i in range(20000)})", "s in {}"),
        ("d = {i << 47: 1 for i in range(-8000, 8000)}; k = list(d)", "[i in d for i in k]"),
        (big, "a - a"), (big, "a ^ a"), (big, "a & 1"), (big, "a * 0"), (big, "a in {}"), (big + "b = a + 0", "a == b"),
        (big + "b = a + 0", "a < b"), (big, "a == 1.5"), (big, "a // a"), (big, "a >> 399900"),
        ("a = (1e308,) * 100; f = \"%f\" * 100", "f % a"), ("a = \"a\" * 1000000", "a.count(\"a\" * 60 + \"b\")"),
        ("a = \"a\" * 1000000; b = \"a\" * 30000 + \"b\"", "b in a"),
        ("a = \"a\" * 1000000; b = \"b\" + \"a\" * 30000", "a.rfind(b)"),
    ]

    @Test(arguments: programs)
    func `a step is never much work`(_ start: String, _ body: String) throws {
        let body = body.replacing("; ", with: "\n        ")
        let text = "def f():\n    \(start.isEmpty ? "pass" : start)\n    while True:\n        \(body)\nf()"
        let predeclared = try FrozenModule(
            name: "host", values: ["struct": .library(.structure), "time": .library(.time)])
        let limits = EvaluationLimits(stepsMax: 100_000, bytesMax: 64 << 20, timeout: .seconds(20))
        let began = ChargedWorkTests.processorSeconds()
        let error = #expect(throws: StarlarkError.self) {
            try Script.run(text, settings: .init(limits: limits), predeclared: predeclared)
        }
        #expect(error?.code == .stepLimit || error?.code == .memoryLimit, "\(error?.message ?? "")")
        // Far more than unoptimised code takes; what is not charged takes longer.
        #expect(ChargedWorkTests.processorSeconds() - began < 4)
    }

    /// Time this thread has computed: other tests run beside it.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
