import StarlarkSyntax
import Testing

@Suite
struct ResolveTests {
    /// Every use of every name: `name@line` with its scope, index, and `!` when it is surely assigned.
    private func bindings(_ text: String, _ options: DialectOptions = .init()) throws -> [String: String] {
        let tree = try SyntaxTree.parse(SourceFile(name: "t", text: text), options: options)
        let names = NameTable(predeclared: ["host"], universals: ["len", "True", "host"])
        let program = try ResolvedProgram.resolve(tree, names: names)
        var result: [String: String] = [:]
        for index in 0..<tree.nameCount {
            let name = NameID(index)
            let binding = program[name]
            let key = "\(tree.text(of: name))@\(tree.source.line(at: tree[name].position))"
            result[key, default: ""] += "\(binding.scope)\(binding.index)\(binding.isAssigned ? "!" : "") "
        }
        return result
    }

    @Test
    func `names bind to the innermost scope`() throws {
        let found = try bindings(
            """
            g = len
            def f(p):
                q = p
                r = g
                return host(q, h)
            def h(): pass
            """)
        #expect(found["len@1"] == "universal0! ")
        #expect(found["p@3"] == "local0! ")
        #expect(found["q@3"] == "local1 ")
        #expect(found["q@5"] == "local1! ")
        #expect(found["g@4"] == "global0! ")
        #expect(found["host@5"] == "predeclared0! ")
        #expect(found["h@5"] == "global2 ")
    }

    @Test
    func `captured variables are cells, and reach inner functions through those between`() throws {
        let found = try bindings(
            """
            def f(a, b):
                c = 1
                def g(d):
                    return lambda: a + c + d + late
                late = 2
                return g
            """)
        #expect(found["a@1"] == "cell0 ")
        #expect(found["b@1"] == "local1 ")
        #expect(found["c@2"] == "cell2 ")
        #expect(found["a@4"] == "free3! ")
        #expect(found["c@4"] == "free2! ")
        #expect(found["d@4"] == "free1! ")
        #expect(found["late@4"] == "free0 ")
    }

    @Test
    func `a function lists its slots and what it captures`() throws {
        let text = "def f(a, b=1, *c, d, **e):\n  x = 1\n  return lambda: x + a\n"
        let tree = try SyntaxTree.parse(SourceFile(name: "t", text: text))
        let program = try ResolvedProgram.resolve(tree, names: NameTable(universals: []))
        let outer = program[FunctionID(2)]
        #expect(outer.locals.map { tree.text(of: $0.symbol) } == ["a", "b", "c", "d", "e", "x"])
        #expect(outer.locals.map(\.isCell) == [true, false, false, false, false, true])
        #expect((outer.parameterCount, outer.positionalCount, outer.keywordOnlyCount) == (5, 2, 1))
        #expect(outer.hasStar && outer.hasDoubleStar)
        let inner = program[FunctionID(1)]
        #expect(inner.freeVariables.map { tree.text(of: $0.symbol) } == ["a", "x"])
        #expect(program[SyntaxTree.topLevel].locals.isEmpty)
    }

    @Test
    func `comprehensions have variables of their own`() throws {
        let found = try bindings(
            """
            x = [1]
            y = [x for x in x]
            z = [lambda: w for w in x]
            """)
        #expect(found["x@2"] == "global0! local0! local0! " || found["x@2"] == "local0! local0 global0! ")
        #expect(found["w@3"]?.contains("cell1") == true)
        #expect(found["w@3"]?.contains("free0!") == true)
    }

    @Test
    func `a variable is surely assigned only when every way leads through an assignment`() throws {
        let found = try bindings(
            """
            def f(p):
                if p:
                    a = 1
                    b = 1
                elif len:
                    a = 2
                else:
                    return None
                a
                b
                for i in p:
                    c = 1
                    c
                c
                i
                if p: d = 1
                d
                e
                e = 1
            None = 1
            """)
        #expect(found["a@9"] == "local1! ")
        #expect(found["b@10"] == "local2 ")
        #expect(found["c@13"] == "local4! ")
        #expect(found["c@14"] == "local4 ")
        #expect(found["i@15"] == "local3 ")
        #expect(found["d@17"] == "local5 ")
        #expect(found["e@18"] == "local6 ")
    }

    @Test
    func `loaded names are module slots that are not exported`() throws {
        let tree = try SyntaxTree.parse(SourceFile(name: "t", text: "load('m', 'a')\nb = a\n"))
        let program = try ResolvedProgram.resolve(tree, names: NameTable(universals: []))
        #expect(program.globals.map { tree.text(of: $0.symbol) } == ["a", "b"])
        #expect(program.globals.map(\.isExported) == [false, true])
    }

    @Test(arguments: [
        ("lenght", "length"), ("Append", "append"), ("apend", "append"), ("nmae", "name"), ("has_prefix", "hasprefix"),
        ("x", nil), ("completely", nil),
    ])
    func `the nearest name is suggested when it is near`(name: String, nearest: String?) {
        let names = ["append", "length", "name", "hasprefix", "y"]
        #expect(Spelling.nearest(to: name, in: names) == nearest)
    }
}
