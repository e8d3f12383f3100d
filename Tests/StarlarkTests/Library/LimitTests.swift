import Starlark
import Testing

@Suite
struct LibraryLimitTests {
    /// Every one of these would take far more than its limits: it must end with an error that says which.
    @Test(arguments: [
        "list(range(1 << 40))", "tuple(range(1 << 40))", "set(range(1 << 40))", "sorted(range(1 << 40))",
        "enumerate(range(1 << 40))", "zip(range(1 << 40))", "reversed(range(1 << 40))", "all(range(1, 1 << 40))",
        "max(range(1 << 40))", "[].extend(range(1 << 40))", "bytes([0]) * (1 << 30)", "str([0] * (1 << 24))",
        "('x' * (1 << 20)).replace('x', 'y' * (1 << 20))", "(',' * (1 << 20)).join(['a'] * (1 << 20))",
        "int('9' * (1 << 24))", "str(int('f' * (1 << 22), 16))", "'%d' % int('7' * (1 << 22), 8)",
        "'%s' * (1 << 28) % ()",
        "json.encode(range(1 << 40))", "json.decode('[' * (1 << 24))", "dict(zip(range(1 << 22), range(1 << 22)))",
        "('a' * (1 << 23)).split('a')", "list(('a' * (1 << 24)).elems())",
        "('a' * 1000000).rfind('a' * 5000 + 'b')", "('a' * 1000000).find('a' * 5000 + 'b')",
        "('é' * 1000000).lstrip('\u{00e9}' + 'x' * 100000) * 4000",
    ])
    func `work and memory are charged before they are taken`(code: String) {
        let limits = EvaluationLimits(stepsMax: 500_000, bytesMax: 32 << 20)
        let clock = ContinuousClock()
        let start = clock.now
        let error = LibraryLimitTests.error(code, EvaluationSettings(limits: limits))
        #expect([.stepLimit, .memoryLimit].contains(error?.code) || error?.message.contains("excessive") == true)
        #expect(start.duration(to: clock.now) < .seconds(20))
    }

    @Test
    func `JSON nested a million deep is read and written`() {
        let problems = LibraryChunks.problems(
            #"""
            text = "[" * 1000000 + "]" * 1000000
            assert_eq(json.encode(json.decode(text)) == text, True)
            """#)
        #expect(problems.isEmpty)
    }

    private static func error(_ code: String, _ settings: EvaluationSettings) -> StarlarkError? {
        do {
            let predeclared = try FrozenModule(name: "predeclared", values: ["json": .library(.json)])
            let program = try Program(name: "limit", bytes: Array(code.utf8), predeclared: predeclared)
            _ = try program.run(settings, predeclared: predeclared) { _ in FrozenModule.empty }
            return nil
        } catch {
            return error
        }
    }
}
