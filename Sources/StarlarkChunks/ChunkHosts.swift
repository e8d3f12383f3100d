import Starlark

/// What the host of the test files gives them: assertions, and types that programs cannot write themselves.
struct ChunkHosts {
    /// What the specification's and the Java implementation's files have without loading.
    let predeclared: FrozenModule
    /// What can be loaded, by name.
    let modules: [String: FrozenModule]

    private static let assertions = """
        def numbers(x, y):
            return type(x) in ("int", "float") and type(y) in ("int", "float")

        def equal(x, y):
            if x != y and not (numbers(x, y) and nearly(x, y)):
                report("got %r, want %r" % (x, y))

        def unequal(x, y):
            if x == y:
                report("got %r twice" % (x,))

        def true(condition, msg = "the assertion does not hold"):
            if not condition:
                report(msg)

        def less(x, y):
            if not x < y:
                report("%r is not less than %r" % (x, y))

        def contains(x, y):
            if y not in x:
                report("%r does not contain %r" % (x, y))

        def fails(f, pattern):
            message = failure(f)
            if message == None:
                report("it did not fail, but should with " + pattern)
            elif not matches(pattern, message):
                report("it failed with %s, but should with %s" % (message, pattern))
        """

    /// Makes them; `.host` errors mean a fault of ours.
    init() throws(StarlarkError) {
        let functions = try FrozenModule(
            name: "functions",
            values: Dictionary(
                uniqueKeysWithValues: ChunkHosts.functions.map { ($0.name, HostValue.function($0)) }))
        let assertions = try Program(
            name: "assertions", bytes: Array(ChunkHosts.assertions.utf8), predeclared: functions
        ).run(predeclared: functions) { throw StarlarkError(.load, $0.module) }
        func assertion(_ name: String) -> HostValue {
            assertions.function(name).map(HostValue.functionReference) ?? .none
        }
        let named = [
            ("fail", HostValue.function(ChunkHosts.report)), ("eq", assertion("equal")), ("ne", assertion("unequal")),
            ("true", assertion("true")), ("lt", assertion("less")), ("contains", assertion("contains")),
            ("fails", assertion("fails")),
        ]
        let libraries: [(String, LibraryModule)] = [("json", .json), ("math", .math), ("time", .time)]
        var modules = [
            "assert.star": try FrozenModule(
                name: "assert.star",
                values: [
                    "assert": .record(HostRecord(type: "module", name: "assert", fields: named)),
                    "freeze": .function(ChunkHosts.freeze),
                ])
        ]
        for (name, library) in libraries {
            modules["\(name).star"] = try FrozenModule(name: "\(name).star", values: [name: .library(library)])
        }
        self.modules = modules
        predeclared = try FrozenModule(
            name: "predeclared",
            values: [
                "assert_": assertion("true"), "assert_eq": assertion("equal"), "assert_ne": assertion("unequal"),
                "assert_fails": assertion("fails"), "freeze": .function(ChunkHosts.freeze),
                "struct": .library(.structure), "json": .library(.json), "math": .library(.math),
                "time": .library(.time), "hasfields": .function(ChunkHosts.makeFields),
                "fibonacci": .object(ChunkHosts.sequence),
            ])
    }
}
