import Starlark
import Testing

/// Values that nest a million deep must not exhaust the stack, whatever is done with them.
@Suite struct NestingTests {
    private static let nest = """
        def nest(kind, n):
            v = kind()
            for i in range(n):
                v = [v] if kind == list else (v,)
            return v

        """

    @Test(arguments: [
        ("len(str(nest(list, 1000000)))", "2000002"), ("nest(list, 1000000) == nest(list, 1000000)", "True"),
        ("nest(list, 1000000) < nest(list, 1000000)", "False"), ("len({nest(tuple, 1000000): 1})", "1"),
        ("nest(tuple, 1000000) in {nest(tuple, 1000000): 1}", "True"), ("len(nest(list, 1000000))", "1"),
        ("len(json.encode(nest(list, 1000000)))", "2000002"), ("nest(list, 1000000) in [nest(list, 1000000)]", "True"),
        ("len(json.encode(json.decode(\"[\" * 1000000 + \"]\" * 1000000)))", "2000000"),
        ("len(json.indent(\"[\" * 1000 + \"]\" * 1000))", "1001999"),
        ("len(\"%s{}\" % nest(tuple, 1000000))", "3000001"), ("len(str(chain(1000000))) > 1000000", "True"),
        ("chain(1000000) == chain(1000000)", "True"), ("len({chain(1000000): 1})", "1"),
        ("len(str(dicts(1000000))) > 1000000", "True"), ("dicts(1000000) == dicts(1000000)", "True"),
        ("sorted([nest(list, 1000000), nest(list, 1000000)]) == []", "False"),
    ])
    func `deep values are printed, compared, hashed and encoded`(_ expression: String, _ expected: String) throws {
        let text = """
            \(NestingTests.nest)
            def chain(n):
                v = struct()
                for i in range(n): v = struct(v = v)
                return v
            def dicts(n):
                v = {}
                for i in range(n): v = {"k": v}
                return v
            x = repr(\(expression))
            """
        let x = try SmallStack.run { () -> StarlarkData? in
            let predeclared = try FrozenModule(
                name: "host", values: ["json": .library(.json), "struct": .library(.structure)])
            return try Script.run(text, predeclared: predeclared).data("x")
        }
        #expect(x == .string(expected))
    }

    @Test func `a deep value is frozen, shared and freed`() throws {
        try SmallStack.run {
            let evaluation = Evaluation()
            let module = try Script.run(
                "\(NestingTests.nest)y = nest(list, 1000000)\ndef f(): return nest(list, 1000000)")
            let function = try #require(module.function("f"))
            let value = try evaluation.call(function)
            try evaluation.freeze(value)
            #expect(throws: StarlarkError.self) { try value.data() }
            let change = try #require(try Script.run("def f(v): v.append(1)").function("f"))
            #expect(throws: StarlarkError.self) { try evaluation.call(change, [.reference(value)]) }
        }
    }

    @Test func `a deep value is no data, and says so`() throws {
        let module = try Script.run("\(NestingTests.nest)x = nest(list, 1000000)")
        let error = #expect(throws: StarlarkError.self) { try module.data("x") }
        #expect(error?.message == "values nest too deep")
    }

    @Test func `cyclic values are printed and refuse to be compared`() throws {
        let text = "a = [1]\na.append(a)\nb = [1]\nb.append(b)\nd = {}\nd[1] = d\n"
        #expect(try Script.x("\(text)x = str([a, d])") == .string("[[1, [...]], {1: {...}}]"))
        let error = try #require(Script.failure("\(text)a == b"))
        #expect(error.message.contains("maximum recursion"))
        #expect(Script.failure("\(text)a < b")?.code == .depthLimit)
        #expect(Script.failure("\(text)a == a")?.code == .depthLimit)
        #expect(try Script.x("\(text)c = [[1], {2: [3]}]\nx = c == c") == .bool(true))
    }

    @Test func `cyclic values are no data, no JSON and no keys, and can be frozen`() throws {
        let start = "a = [1]\na.append(a)\nd = {}\nd[\"d\"] = [d]\ns = struct(a = a)\na.append(s)\n"
        let predeclared = try FrozenModule(
            name: "host", values: ["json": .library(.json), "struct": .library(.structure)])
        for expression in ["json.encode(a)", "json.encode(d)", "json.encode(s)", "{(a,): 1}", "{s: 1}", "set([s])"] {
            let error = #expect(throws: StarlarkError.self, "\(expression)") {
                try Script.run(start + expression, predeclared: predeclared)
            }
            #expect(error?.code == .evaluation)
        }
        // Each ends: with an answer where the parts are the same objects, otherwise with an error.
        for expression in [
            "d == {\"d\": [d]}", "s == struct(a = a)", "[a, 1] < [a, 2]", "a in [[a]]", "[a, d] == [[1, a], d]",
        ] {
            do throws(StarlarkError) {
                _ = try Script.run(start + expression, predeclared: predeclared)
            } catch {
                #expect(error.code == .depthLimit, "\(expression): \(error)")
            }
        }
        let module = try Script.run(start, predeclared: predeclared)
        for name in ["a", "d", "s"] { #expect(throws: StarlarkError.self) { try module.data(name) } }
    }

    @Test func `comparing values that share their parts is bounded by steps`() throws {
        let text = """
            def dag(n):
                v = []
                for i in range(n):
                    v = [v, v]
                return v
            dag(60) == dag(60)
            """
        #expect(Script.failure(text, limits: .init(stepsMax: 1_000_000))?.code == .stepLimit)
        #expect(Script.failure(text, limits: .init(timeout: .milliseconds(50)))?.code == .deadline)
    }

    @Test func `a tuple that shares its parts is hashed in linear time`() throws {
        let text =
            "def dag(n):\n    v = ()\n    for i in range(n):\n        v = (v, v)\n    return v\nx = len({dag(200): 1})"
        #expect(try Script.x(text) == .int(1))
    }
}
