import Testing

@testable import Starlark

/// Memory that a program can no longer reach is used again while it runs.
@Suite struct CollectionTests {
    /// Calls `check` of a file with a heap that is collected as often as can be.
    private func check(
        _ text: String, _ arguments: [HostValue] = [], bytesMax: Int = 1 << 30, predeclared: FrozenModule = .empty
    ) throws -> StarlarkData {
        let settings = EvaluationSettings(limits: EvaluationLimits(bytesMax: bytesMax))
        let module = try Script.run(text, settings: settings, predeclared: predeclared)
        let function = try #require(module.function("check"))
        let evaluation = Evaluation(settings)
        evaluation.heap.state.pointee.collectionBytesMin = 1
        evaluation.heap.state.pointee.postponeCollection(bytes: 1)
        return try evaluation.call(function, arguments).data()
    }

    @Test(arguments: [
        ("\"%d and %s\" % (i, \"x\" * 1000)", 5_000), ("[i] * 200", 5_000), ("{i: [i], \"k\": (i, i)}", 10_000),
        ("1 << (i % 500 + 12)", 50_000), ("[j for j in range(200)]", 3_000), ("\"x\" * 50000", 500),
        ("[0] * 20000", 300), ("{j: j for j in range(100)}", 3_000), ("struct(a = [i], b = \"x\" * 100)", 10_000),
        ("(\"a\" * (i % 100)).replace(\"a\", \"bcde\").split(\"c\")", 3_000), ("(lambda y, z = [i]: y)", 20_000),
        ("set(range(100))", 3_000), ("\"abc\" * 100 + str(i)", 10_000),
    ])
    func `what is dropped does not count for the limit for long`(_ expression: String, _ count: Int) throws {
        let text = """
            def check():
                for i in range(\(count)):
                    x = \(expression)
                return type(x) != ""
            """
        let library = try FrozenModule(name: "library", values: ["struct": .library(.structure)])
        #expect(try check(text, bytesMax: 1 << 20, predeclared: library) == .bool(true))
    }

    @Test func `a file that is being run uses memory again, too`() throws {
        let text = """
            for i in range(10000):
                x = ["x" * 10000]
            """
        _ = try Script.run(text, settings: .init(limits: EvaluationLimits(bytesMax: 16 << 20)))
    }

    @Test func `what is kept counts, and ends in the limit's error`() throws {
        let text = """
            def check():
                kept = []
                for i in range(1000000):
                    kept.append("%d" % i)
            """
        let error = #expect(throws: StarlarkError.self) { try check(text, bytesMax: 4 << 20) }
        #expect(error?.code == .memoryLimit)
    }

    /// Makes values of every kind from a number, again and again, and compares old ones with new ones.
    private static let kinds = """
        def closure(i):
            cell = [i]
            def inner(x, more = ["d%d" % i], *rest, **others):
                return (cell, x, more, rest, others)
            return inner

        def grown(i):
            text = "s"
            for j in range(40):
                text += "%d," % (i + j)
            return text

        def make(i):
            text = "text number %d of a length that is shared" % i
            return [
                text, text[5:30], text.elems(), text.codepoints(), bytes(text), grown(i), grown(i)[3:50],
                1 << 200 + i % 200, -(3 << 90) * i - 1, 1e300 * i, float(i), 7 + (1 << 62) * (i + 1),
                (i, (str(i),)), [[i], []], {"k%d" % i: [i], i: {}}, {str(j): j for j in range(i % 50)},
                set([i, "e%d" % i]), range(i), closure(i)(i, q = [i]), closure(i)(i, 1, 2, z = str(i)),
                struct(a = [i], b = "field %d" % i), [i].append, "method %d".upper, "%d" % i,
                ["x%d" % i] * 5000, "long %d" % i * 5000, time.from_timestamp(i), text.partition(" "),
                sorted(["b%d" % i, "a%d" % i]), json.decode(json.encode({"j": ["v%d" % i]})),
            ]

        def same(a, b):
            return str(a) == str(b)
        """

    private static func library() throws -> FrozenModule {
        try FrozenModule(
            name: "library",
            values: ["struct": .library(.structure), "time": .library(.time), "json": .library(.json)])
    }

    @Test func `what can be reached is as it was, of every kind and from everywhere`() throws {
        let text = """
            \(CollectionTests.kinds)

            def deep(n, mine):
                other = make(n)
                if n > 0:
                    for x in [make(n), make(n)]:
                        deep(n - 1, x)
                        if not same(x, other):
                            fail("in a loop", n)
                if not same(mine, make(n + 1)):
                    fail("argument", n)
                return other

            def check():
                kept = {}
                functions = []
                for i in range(30):
                    kept[i] = make(i)
                    kept.pop(i - 10, None)
                    functions.append(closure(i))
                    for item in make(i)[14].items():
                        make(i + 1)
                        if type(item) != "tuple":
                            fail("item", item)
                    for name in sorted([str(i), str(i + 1)], key = lambda s: make(int(s))[0]):
                        make(i)
                        if name not in [str(i), str(i + 1)]:
                            fail("sorted", name)
                    for j in kept:
                        if not same(kept[j], make(j)):
                            fail("kept", j)
                    for j, function in enumerate(functions):
                        if function(1)[0] != [j] or function(1)[2] != ["d%d" % j]:
                            fail("closure", j)
                deep(3, make(4))
                return len(kept)
            """
        #expect(try check(text, predeclared: CollectionTests.library()) == .int(10))
    }

    @Test func `globals of the file that is being run are in use`() throws {
        let text = """
            \(CollectionTests.kinds)
            FIRST = make(1)

            def garbage():
                for i in range(300):
                    make(i % 3)

            garbage()
            SECOND = make(2)
            garbage()
            x = [same(FIRST, make(1)), same(SECOND, make(2))]
            """
        let module = try Script.run(text, predeclared: CollectionTests.library())
        #expect(try module.data("x") == .list([.bool(true), .bool(true)]))
    }

    private static let garbage = """
        def garbage(key = None):
            for i in range(5000):
                ["garbage %d" % i]
            return key
        """

    @Test func `what the host refers to is in use`() throws {
        let held = Held()
        let hold = HostFunction("hold", parameters: [.required("x")]) { call in
            if let value = call["x"] { held.values.append(value) }
            return .none
        }
        let text = """
            \(CollectionTests.garbage)

            def check(hold):
                for i in range(10):
                    hold(["held %d" % i])
                    garbage()
            """
        _ = try check(text, [.function(hold)])
        #expect(held.values.map(\.description) == (0..<10).map { "[\"held \($0)\"]" })
    }

    /// `@unchecked Sendable`: used by the test's thread alone.
    private final class Held: @unchecked Sendable {
        var values: [ValueReference] = []
    }

    @Test func `what builtins and host functions work on while they call back is in use`() throws {
        let call = HostFunction("call", parameters: [.required("text"), .required("f")]) { call in
            _ = try call.evaluation.call(call.function("f"))
            return .string(try call.string("text"))
        }
        let module = try Script.run(CollectionTests.garbage)
        let garbage = try #require(module.function("garbage"))
        let host = try FrozenModule(name: "host", values: ["call": .function(call)])
        let called = try #require(host.function("call"))
        let sorting = try Script.run("sort = sorted")
        let sorted = try #require(sorting.function("sort"))
        for function in [called, sorted] {
            let evaluation = Evaluation()
            evaluation.heap.state.pointee.collectionBytesMin = 1
            evaluation.heap.state.pointee.postponeCollection(bytes: 1)
            let names = (0..<5).map { "name \($0) of some length" }
            let isSort = function == sorted
            let first = isSort ? HostValue.list(names.map { .string($0) }) : .string(names[0])
            let result = try evaluation.call(
                function, [first], named: [(isSort ? "key" : "f", .functionReference(garbage))])
            #expect(result.string == (isSort ? nil : names[0]))
            #expect(result.items?.map(\.string) == (isSort ? names : nil))
        }
    }

    @Test func `a dict that there was no room for leaves an object that can be read`() throws {
        let heap = Heap(limit: 64 << 10)
        let old = try heap.allocator.allocate(UInt.self, count: 16)
        old.initialize(repeating: .max, count: 16)
        heap.state.pointee.release(old, bytes: 16 * MemoryLayout<UInt>.stride)
        #expect(throws: StarlarkError.self) { try heap.allocator.dict(capacity: 1 << 20) }
        #expect(UnsafeRawPointer(old).load(as: UInt8.self) == Kind.float.rawValue)
    }

    @Test func `a console's globals are in use`() throws {
        let console = Console()
        _ = try console.run(CollectionTests.garbage)
        _ = try console.run("x = [\"kept \" + str(1)]")
        _ = try console.run("[garbage() for i in range(10)]")
        #expect(try console.run("x")?.description == "[\"kept 1\"]")
    }
}
