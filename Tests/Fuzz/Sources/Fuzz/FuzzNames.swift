import Starlark

/// What the host gives the programs.
enum FuzzNames {
    struct NoModule: Error {}

    static let predeclared = made([
        "json": .library(.json), "math": .library(.math), "time": .library(.time), "struct": .library(.structure),
        "echo": .function(
            HostFunction(variadic: "echo") { call in
                guard let callee = call.positional.first, callee.isFunction else {
                    return call.positional.first.map(HostValue.reference) ?? .none
                }
                return .reference(
                    try call.evaluation.call(callee, call.positional.dropFirst().map(HostValue.reference)))
            }),
        "record": .record(
            HostRecord(type: "record", fields: [("a", .int(1)), ("b", .list([.int(1), .int(2)]))], settable: ["a"])),
    ])

    /// What `load("defs.star", …)` gives.
    static let loaded = made(["a": .list([.int(1), .string("b")]), "b": .dict([("k", .int(2))]), "c": .none])

    static let settings = EvaluationSettings(limits: ProgramTarget.limits, now: { 1_700_000_000_000_000_000 })

    private static func made(_ values: [String: HostValue]) -> FrozenModule {
        do throws(StarlarkError) {
            return try FrozenModule(name: "host", values: values)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// Functions for comparing values.
    static let tools = run(
        """
        def text(value): return repr(value)
        def same(left, right): return left == right
        def decode(text): return json.decode(text, default = None)
        def again(value):
            once = json.encode(value)
            twice = json.encode(json.decode(once))
            if once != twice:
                fail("encoded as", once, "and then as", twice)
            if json.encode(json.decode(json.indent(once))) != once:
                fail("indented, it is something else:", once)
            return once
        """)

    static func run(_ text: String) -> FrozenModule {
        do throws(StarlarkError) {
            let program = try Program(name: "tools", bytes: Array(text.utf8), predeclared: predeclared)
            return try program.run(predeclared: predeclared) { _ in throw NoModule() }
        } catch {
            preconditionFailure("\(error)")
        }
    }

    static func tool(_ name: String) -> FunctionReference {
        guard let function = tools.function(name) else { preconditionFailure("no function \(name)") }
        return function
    }

    /// Data in an order that does not change from run to run.
    static func text(_ data: StarlarkData) -> String {
        switch data {
        case .none: "None"
        case .bool(let flag): "\(flag)"
        case .int(let number): "\(number)"
        case .float(let number): "\(number)"
        case .string(let text): text
        case .list(let items): "[" + items.map(text).joined(separator: ",") + "]"
        case .dict(let entries): "{" + entries.entries.map { "\($0.key):\(text($0.value))" }.joined() + "}"
        }
    }
}
