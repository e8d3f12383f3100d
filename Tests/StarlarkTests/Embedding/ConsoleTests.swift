import Starlark
import Testing

/// What a person sees who types chunk by chunk.
struct ConsoleTests {
    /// Runs chunks; gives what each answers as `repr` writes it.
    private func answers(_ chunks: String...) throws -> [String?] {
        let console = Console()
        return try chunks.map { try console.run($0).map { "\($0.debugDescription)" } }
    }

    @Test func `an expression answers with its value, a statement and None with nothing`() throws {
        let answers = try answers("1 + 1", "x = 3", "None", "'a'", "x = 4; x * 2")
        #expect(answers == ["2", nil, nil, "\"a\"", "8"])
    }

    @Test func `a chunk reads, changes and binds again what earlier ones bound`() throws {
        let answers = try answers("x = [1]", "x.append(2)", "x", "x = len(x)", "x += 1", "x")
        #expect(answers == [nil, nil, "[1, 2]", nil, nil, "3"])
    }

    @Test func `a loop adds to a global of an earlier chunk`() throws {
        #expect(try answers("total = 10", "for i in range(4):\n  total += i\n", "total").last == "16")
    }

    @Test func `an earlier function sees a global that was bound again`() throws {
        let answers = try answers("rate = 2", "def price(n):\n  return n * rate\n", "price(5)", "rate = 3", "price(5)")
        #expect(answers[2] == "10")
        #expect(answers[4] == "15")
    }

    @Test func `an error leaves what was bound before it, and the console goes on`() throws {
        let console = Console()
        #expect(throws: StarlarkError.self) { _ = try console.run("a = 1; b = a // 0; c = 2") }
        #expect(try console.run("a")?.int == 1)
        #expect(throws: StarlarkError.self) { _ = try console.run("c") }
        #expect(throws: StarlarkError.self) { _ = try console.run("def") }
        #expect(try console.run("a + 1")?.int == 2)
    }

    @Test func `a builtin name can be bound, and an undefined one is suggested from what was typed`() throws {
        let console = Console()
        _ = try console.run("len = 7")
        #expect(try console.run("len")?.int == 7)
        _ = try console.run("quantity = 1")
        let error = #expect(throws: StarlarkError.self) { _ = try console.run("quantty") }
        #expect(error?.description.contains("did you mean quantity?") == true)
    }

    @Test(arguments: ["(1,", "def f():", "def f():\n  return 1\n", "'''a", "x = {", "if True:\n  pass\n", "f(1,\n"])
    func `text that is not finished asks for another line`(text: String) {
        #expect(Console().needsMore(text))
    }

    @Test(arguments: ["1", "x = 1\n", "def f():\n  return 1\n\n", "x = )", "", "  ", "f(1,\n2)\n", "# note"])
    func `text that is finished, or wrong, asks for no other line`(text: String) {
        #expect(!Console().needsMore(text))
    }

    @Test func `attributes are listed of values and modules, never by running code`() throws {
        let module = try FrozenModule(
            name: "host", values: ["ctx": .structure([("build", .structure([("id", .int(1)), ("alias", .none)]))])])
        let console = Console()
        console.bind(module)
        #expect(console.attributeNames(of: ["ctx"]) == ["build"])
        #expect(console.attributeNames(of: ["ctx", "build"]) == ["alias", "id"])
        #expect(console.attributeNames(of: ["ctx", "none"]) == [])
        _ = try console.run("s = 'text'")
        #expect(console.attributeNames(of: ["s"]).contains("upper"))
        #expect(console.names.contains("ctx"))
    }

    @Test func `a chunk loads what it is given, which later chunks keep`() throws {
        let console = Console()
        let text = "load(\"//a.star\", y = \"x\")"
        #expect(console.loads(of: text).map(\.module) == ["//a.star"])
        #expect(throws: StarlarkError.self) { _ = try console.run(text) }
        _ = try console.run(text, modules: ["//a.star": try FrozenModule(name: "a", values: ["x": .int(5)])])
        #expect(try console.run("y")?.int == 5)
    }

    @Test func `each chunk has the whole budget of steps`() throws {
        var settings = EvaluationSettings()
        settings.limits.stepsMax = 50_000
        let console = Console(settings)
        for _ in 0..<5 { _ = try console.run("for i in range(10000): pass\n\n") }
        let error = #expect(throws: StarlarkError.self) { _ = try console.run("for i in range(100000000): pass\n\n") }
        #expect(error?.code == .stepLimit)
    }
}
