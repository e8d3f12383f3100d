import StarlarkSyntax
import Testing

@Suite
struct StaticErrorTests {
    @Test
    func `mistakes of form are found all at once`() {
        let text = """
            x = 1 + ### got newline, want primary expression
            y = (1, 2
            def f(a b): ### got def, want ')'
                return a +
            z = 1 if 2 ### conditional expression without else clause
            class A: pass ### got reserved word 'class', want primary expression (use a function that returns a struct)
            ---
            def f():
              pass
             pass ### unindent does not match any outer indentation level
            ---
            def f():
            pass ### got pass, want indent
            x = = 1 ### got '=', want primary expression
            ---
              x = 1 ### got indent, want primary expression
            y = 0 == 1 == 2 ### == does not associate with == (use parens)
            ---
            f(a.b = 1) ### keyword argument must have form name=expr
            a, b = 1, 2, ### unparenthesized tuple with trailing comma
            ---
            def pass(): ### which is not an identifier
              pass
            f(x, *, y) ### got ',', want primary expression
            {a, b} ### got ',', want ':'
            ---
            a = [x for x in 1, 2] ### got ',', want ']', for, or if
            b = [x for x in y if a if b else c] ### got else, want ']', for, or if
            c = a not b ### got identifier, want in
            ---
            load = 1 ### got '=', want '('
            load(a, "b") ### first operand of load statement must be a string literal
            load("a") ### load statement must import at least 1 symbol
            load("a", b) ### load operand must be "b" or b="originalname"
            load("a", b=c) ### original name of loaded symbol must be quoted: b="originalname"
            load("a", 1) ### load operand must be "name" or localname="name" (got int literal)
            ---
            if x = 1: ### got '=', want ':' (use '==' to compare)
              pass
            """
        // The body under a bad header is read too.
        let problems = Chunks.problems(text)
        #expect(problems == ["chunk 0: unexpected t:4:15: got newline, want primary expression"])
    }

    @Test
    func `misused names are found all at once`() {
        let text = """
            a = b ### undefined: b
            def f(x):
                y = x + z ### undefined: z
                return g(lenn) ### undefined: lenn (did you mean len?)
            def g(count):
                return coutn ### undefined: coutn (did you mean count?)
            a = 2 ### cannot reassign global a declared at t:1:1
            len = 3
            host = len
            len += 1 ### cannot reassign global len declared at t:8:1
            ---
            _ = [x for x in host]
            host(x) ### undefined: x
            ---
            load("m", "x")
            x = 1 ### cannot reassign local x declared at t:1:12
            load("n", "x") ### cannot reassign top-level x
            ---
            # option: loadglobal
            load("m", "x")
            x = 1 ### cannot reassign global x declared at t:2:12
            ---
            # option: reassign
            _ = later ### undefined: later
            later = 1
            later = 2
            host = host
            ---
            def early():
                return late()
            def late():
                return [value for value in value]
            value = [1]
            ---
            load("m", "", "_p", q="_r", s="t") ### load: empty identifier
            """
        let problems = Chunks.problems(text)
        #expect(
            problems == [
                "chunk 6: unexpected t:1:15: load: names with leading underscores are not exported: _p",
                "chunk 6: unexpected t:1:23: load: names with leading underscores are not exported: _r",
            ])
    }

    @Test
    func `statements out of place are found`() {
        let text = """
            return 1 ### return statement not within a function
            break ### break not in a loop
            if host: ### if statement not within a function
                pass
            for x in host: ### for loop not within a function
                continue
            while host: ### does not support while loops
                pass ### nothing
            ---
            def f():
                for x in host:
                    def g():
                        continue ### continue not in a loop
                    break
                while f: ### this Starlark dialect does not support while loops
                    break
                load("m", "x") ### load statement within a function
            ---
            # option: control
            # option: while
            while host:
                break
            if host:
                load("m", "a") ### load statement within a conditional
            for x in host:
                load("m", "b") ### load statement within a loop
            """
        let problems = Chunks.problems(text)
        #expect(
            problems == [
                "chunk 0: unexpected t:7:1: while loop not within a function",
                "chunk 0: line 8 did not fail with nothing",
            ])
    }

    @Test
    func `targets, parameters and arguments are checked`() {
        let text = """
            1 = 0 ### can't assign to literal
            1 + 2 = 0 ### can't assign to binaryexpr
            f() = 0 ### can't assign to callexpr
            (a, [b, len(1)]) = 0 ### can't assign to callexpr
            (c, d) += 0 ### can't use tuple expression in augmented assignment
            [e] += 0 ### can't use list expression in augmented assignment
            [] = ()
            def f(a, b=1, c): pass ### required parameter may not follow optional
            def g(a, a): pass ### duplicate parameter: a
            def h(**k, a): pass ### required parameter may not follow **k
            def i(**k, a=1): pass ### optional parameter may not follow **k
            def j(**k, *a): pass ### * parameter may not follow **k
            def k(**k, **l): pass ### multiple ** parameters not allowed
            def l(*a, *b): pass ### multiple * parameters not allowed
            def m(*): pass ### bare * must be followed by keyword-only parameters
            def n(*, a, **b): return a, b
            def o(*a, b, c=1, **d): pass
            f(x=1, 2) ### positional argument may not follow named
            f(*a, 1) ### positional argument may not follow *args
            f(*a, b=1) ### keyword argument may not follow *args
            f(*a, *b) ### multiple *args not allowed
            f(**a, *b) ### *args may not follow **kwargs
            f(**a, **b) ### multiple **kwargs not allowed
            f(**a, 1) ### positional argument may not follow **kwargs
            f(**a, b=1) ### keyword argument may not follow **kwargs
            f(a=1, b=2, a=3) ### keyword argument "a" is repeated
            """
        #expect(Chunks.problems(text).isEmpty)
    }

    @Test
    func `an error shows its line and a caret`() throws {
        do throws(SyntaxErrors) {
            let tree = try SyntaxTree.parse(SourceFile(name: "a.star", text: "x = 1\ny = é + zed\n"))
            _ = try ResolvedProgram.resolve(tree, names: NameTable(universals: []))
            Issue.record("nothing was reported")
        } catch {
            let place = "a.star:2:9: undefined: zed\n  y = é + zed\n          ^"
            #expect(error.description.hasSuffix(place))
            #expect(error.errors.count == 2)
        }
    }

    @Test
    func `errors are bounded`() {
        let text = String(repeating: "undefined_name\n", count: 1000)
        do throws(SyntaxErrors) {
            _ = try ResolvedProgram.resolve(
                try SyntaxTree.parse(SourceFile(name: "t", text: text)), names: NameTable(universals: []))
            Issue.record("nothing was reported")
        } catch {
            #expect(error.errors.count == 50)
        }
    }

    /// What is wrong with a text, without places.
    private func mistakes(_ text: String) -> [String] {
        do throws(SyntaxErrors) {
            _ = try ResolvedProgram.resolve(
                SourceFile(name: "t", text: text), names: NameTable(universals: ["None", "len"]))
            return []
        } catch {
            return error.errors.map { "\($0.location.line): \($0.message)" }
        }
    }

    @Test
    func `a statement that does not parse hides no mistake in others`() {
        #expect(
            mistakes("a = nowhere\nb = 1 +\nc = b\nc = 2\nd = lenn([])\n")
                == [
                    "1: undefined: nowhere", "2: got newline, want primary expression",
                    "4: cannot reassign global c declared at t:3:1", "5: undefined: lenn",
                ])
        #expect(
            mistakes("def f(x:\n    y = x\n\na = f(1)\nb = nowhere\n")
                == ["1: got ':', want ')'", "5: undefined: nowhere"])
        #expect(
            mistakes("a = (1,\nb = 2\nc = nowhere\n") == ["2: got '=', want ')'", "3: undefined: nowhere"])
    }

    @Test
    func `what a statement that does not parse would have defined is not missed`() {
        #expect(mistakes("load(\"m\", \"a\" \"b\")\nx = f(1)\n").count == 2)
        #expect(mistakes("x = y = 1\nz = x + y\n") == ["1: got '=', want newline"])
        #expect(mistakes("def f():\n    x = = 1\n    return x\n\na = f()\n") == ["2: got '=', want primary expression"])
        #expect(mistakes("for x in [1]\n    y = x\n\nz = y\n").count == 1)
        // What a string that does not end swallows could define anything.
        #expect(mistakes("a = f()\nb = \"\"\"text\ndef f(): pass\n").count == 1)
    }

    @Test
    func `mistakes of syntax and of names are bounded together`() {
        let text = String(repeating: "a = nowhere\nb = = 1\n", count: 100)
        #expect(mistakes(text).count == 50)
    }

    @Test(arguments: ["f(", "def f():", "x = '''a", "if x:\n  y = [", "a +\n"])
    func `text that ends too early is incomplete`(text: String) {
        let error = #expect(throws: SyntaxErrors.self) { try SyntaxTree.parse(SourceFile(name: "t", text: text)) }
        #expect(error?.isIncomplete == (text != "a +\n"))
    }
}
