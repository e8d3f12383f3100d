import Foundation
import Starlark
import Testing

@Suite struct CancellationTests {
    /// Programs that would take hours, most of the time inside one operation.
    private static let programs = [
        "while True: pass", "for i in range(1 << 60): pass", "[0 for i in range(1 << 60) if i < 0]",
        "a = 3\nfor i in range(40): a = a * a", "a = int(\"7\" * 100000000)",
        "a = \"x\" * 100000\nb = a + \"y\"\nwhile True: a in [b[:-1]]",
        "def f(n):\n    for i in range(n): f(n - 1)\nf(1000)",
        "sorted(range(1 << 18), key = lambda v: -v)\nwhile True: pass",
        "max(range(1 << 60))", "a = \"ab\" * 1000000\nwhile True: a.replace(\"b\", \"\")",
        "def dag(n):\n    v = []\n    for i in range(n): v = [v, v]\n    return v\ndag(70) == dag(70)",
    ]

    @Test(arguments: programs)
    func `a cancel from another thread is noticed soon`(_ text: String) throws {
        let cancellation = Cancellation()
        let settings = EvaluationSettings(limits: .init(bytesMax: 4 << 30), cancellation: cancellation)
        let start = HostFunction("start", parameters: []) { _ in
            Thread { cancellation.cancel() }.start()
            return .none
        }
        let predeclared = try FrozenModule(name: "host", values: ["start": .function(start)])
        let clock = ContinuousClock()
        let began = clock.now
        let error = #expect(throws: StarlarkError.self) {
            try Script.run("start()\n" + text, settings: settings, predeclared: predeclared)
        }
        #expect(error?.code == .cancelled)
        // A few thousand steps; the rest is for other tests that run beside it.
        #expect(clock.now - began < .seconds(30))
    }
}
