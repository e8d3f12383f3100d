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
    ])
    func `deep values are printed, compared and hashed`(_ expression: String, _ expected: String) throws {
        #expect(try Script.x("\(NestingTests.nest)x = repr(\(expression))") == .string(expected))
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
