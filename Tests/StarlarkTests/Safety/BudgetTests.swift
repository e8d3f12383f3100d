import Starlark
import StarlarkSyntax
import Testing

@Suite struct BudgetTests {
    private static let tight = EvaluationLimits(stepsMax: 2_000_000, bytesMax: 32 << 20, timeout: .seconds(20))

    @Test(arguments: [
        "list(range(1 << 40))", "[0] * (1 << 29)", "\"x\" * (1 << 31)", "(0,) * (1 << 30)",
        "[i for i in range(1 << 40)]", "\"%1000000000s\" % 1", "len(*range(1 << 40))",
        "dict([(i, i) for i in range(1 << 30)])",
        "sorted(range(1 << 40))", "\",\".join([\"x\" * 1000] * (1 << 20))", "\"a\" * (1 << 20) in \"b\" * (1 << 24)",
        "(\"ab\" * (1 << 20)).replace(\"a\", \"x\" * 1000)", "str(list(range(1 << 22)))",
        "1 if all(range(1, 1 << 40)) else 0",
    ])
    func `no expression exceeds its budget`(_ expression: String) throws {
        if let error = Script.failure("x = \(expression)", limits: BudgetTests.tight) {
            #expect([.stepLimit, .memoryLimit, .evaluation].contains(error.code), "\(error)")
        }
    }

    @Test(arguments: [
        "s = \"ab\"\nfor i in range(60): s += s", "s = [1]\nfor i in range(60): s += s",
        "s = 3\nfor i in range(60): s *= s",
        "s = (1,)\nfor i in range(60): s += s", "while True: pass", "for i in range(1 << 60): pass",
        "def f(n): return f(n + 1)\nf(0)", "s = {}\nfor i in range(1 << 60): s[i] = i",
        "s = []\nfor i in range(1 << 60): s.append(i)",
        "def f(*a): return f(*(a + (1, 2, 3)))\nf()", "def f(): return sorted([1, 2], key=lambda v: f())\nf()",
        "s = 1\nfor i in range(1 << 60): s = s * 3",
    ])
    func `no loop or recursion exceeds its budget`(_ text: String) throws {
        let error = try #require(Script.failure(text, limits: BudgetTests.tight))
        #expect([.stepLimit, .memoryLimit, .depthLimit].contains(error.code), "\(error)")
    }

    @Test func `appending to a string again and again takes linear memory`() throws {
        let text =
            "def f():\n    s = \"\"\n    for i in range(100000):\n        s += \"0123456789\"\n    return len(s)\nx = f()"
        #expect(try Script.x(text, settings: .init(limits: BudgetTests.tight)) == .int(1_000_000))
    }

    @Test func `a string that was appended to keeps its own text`() throws {
        let text = """
            def f():
                a = "x" * 70 + "a" + "b"
                b = a + "c"
                c = a + "d"
                d = b + "e"
                return [v[70:] for v in [a, b, c, d]]
            x = f()
            """
        #expect(try Script.x(text) == .list(["ab", "abc", "abd", "abce"].map(StarlarkData.string)))
    }

    @Test func `a deadline is noticed inside arithmetic`() throws {
        let text = "a = 3\nfor i in range(22): a = a * a\nx = str(a)"
        let start = ContinuousClock.now
        let error = try #require(Script.failure(text, limits: .init(timeout: .milliseconds(100))))
        #expect(error.code == .deadline)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func `a cancel from another thread ends a loop`() async throws {
        let cancellation = Cancellation()
        let settings = EvaluationSettings(cancellation: cancellation)
        async let code: StarlarkError.Code? = {
            do throws(StarlarkError) {
                _ = try Script.run("while True: pass", settings: settings)
                return nil
            } catch {
                return error.code
            }
        }()
        cancellation.cancel()
        #expect(await code == .cancelled)
    }

    @Test func `every call has its own budget`() throws {
        let module = try Script.run("def f():\n    for i in range(1000): pass\n    return [0] * 1000")
        let function = try #require(module.function("f"))
        let evaluation = Evaluation(.init(limits: .init(stepsMax: 1_500, bytesMax: 100_000)))
        for _ in 0..<50 { #expect(try evaluation.call(function).items?.count == 1_000) }
    }

    @Test func `the limit of calls is exact`() throws {
        let text = "def f(n): return 0 if n == 0 else f(n - 1)\nf(%)"
        let limits = EvaluationLimits(callDepthMax: 100)
        #expect(Script.failure(text.replacing("%", with: "98"), limits: limits) == nil)
        #expect(Script.failure(text.replacing("%", with: "99"), limits: limits)?.code == .depthLimit)
    }
}
