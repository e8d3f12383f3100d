import Starlark
import StarlarkSyntax
import Testing

@Suite struct FunctionTests {
    @Test(arguments: [
        ("def f(a, b=2, *args, c=3, **kw): return (a, b, args, c, kw)", "f(1)", "(1, 2, (), 3, {})"),
        (
            "def f(a, b=2, *args, c=3, **kw): return (a, b, args, c, kw)", "f(1, 5, 6, c=7, d=8)",
            "(1, 5, (6,), 7, {\"d\": 8})"
        ),
        ("def f(a, *, b): return (a, b)", "f(b=1, a=2)", "(2, 1)"),
        (
            "def f(*args, **kw): return (args, kw)", "f(1, x=2, *[3, 4], **{\"y\": 5})",
            "((1, 3, 4), {\"x\": 2, \"y\": 5})"
        ),
        ("def f(a, b, c): return a - b * c", "f(1, c=2, b=3)", "-5"),
        ("def f(a, b, c): return [a, b, c]", "f(*range(3))", "[0, 1, 2]"),
        ("def f(a, b=[]): return b", "f(1) == f(2)", "True"),
        ("def f(): pass", "f()", "None"),
    ])
    func `arguments reach their parameters`(_ definition: String, _ call: String, _ expected: String) throws {
        #expect(try Script.x("\(definition)\nx = repr(\(call))") == .string(expected))
    }

    @Test(arguments: [
        ("def f(): pass", "f(1)", "function f accepts no arguments (1 given)"),
        ("def f(a): pass", "f(1, 2)", "function f accepts 1 positional argument (2 given)"),
        ("def f(a, b=1): pass", "f(1, 2, 3)", "function f accepts at most 2 positional arguments (3 given)"),
        ("def f(a, b): pass", "f()", "function f missing 2 arguments (a, b)"),
        ("def f(a, *, b): pass", "f(1)", "function f missing 1 argument (b)"),
        ("def f(a): pass", "f(1, a=2)", "function f got multiple values for parameter \"a\""),
        ("def f(a, **kw): pass", "f(a=1, **{\"a\": 2})", "function f got multiple values for parameter \"a\""),
        ("def f(name): pass", "f(nmae=1)", "function f got an unexpected keyword argument \"nmae\""),
        ("def f(*args): pass", "f(args=1)", "function f got an unexpected keyword argument \"args\""),
        ("def f(*a): pass", "f(*1)", "argument after * must be iterable, not int"),
        ("def f(**a): pass", "f(**[])", "argument after ** must be a mapping, not list"),
        ("def f(**a): pass", "f(**{1: 2})", "keywords must be strings, not int"),
    ])
    func `wrong calls say what is wrong`(_ definition: String, _ call: String, _ message: String) throws {
        #expect(Script.failure("\(definition)\n\(call)")?.message == message)
    }

    @Test func `a misspelled keyword argument is suggested`() throws {
        let error = try #require(Script.failure("def f(name, deps): pass\nf(nmae=1, deps=[])"))
        #expect(error.suggestion == "did you mean name?")
    }

    @Test func `closures share the variables they capture`() throws {
        let text = """
            def counter():
                state = [0]
                def add(n):
                    state[0] += n
                    return state[0]
                def get(): return state[0]
                return add, get
            add, get = counter()
            other, _ = counter()
            """
        // The globals are frozen only after the file has run.
        #expect(try Script.x(text + "\nadd(2)\nadd(3)\nx = [get(), other(1)]") == .list([.int(5), .int(1)]))
    }

    @Test func `a captured parameter and a loop variable are seen as they are when the closure runs`() throws {
        let text = """
            def f(p):
                fs = []
                for i in range(3):
                    fs.append(lambda: (p, i))
                p = 9
                return [g() for g in fs]
            x = repr(f(1))
            """
        #expect(try Script.x(text) == .string("[(9, 2), (9, 2), (9, 2)]"))
    }

    @Test func `closures reach through several functions`() throws {
        let text = """
            def a(x):
                def b(y):
                    def c(z): return x * 100 + y * 10 + z
                    return c
                return b
            x = a(1)(2)(3)
            """
        #expect(try Script.x(text) == .int(123))
    }

    @Test func `recursion is refused unless it is allowed`() throws {
        let text = "def f(n): return 1 if n == 0 else n * f(n - 1)\nx = f(20)"
        let mutual = "def f(n): return g(n)\ndef g(n): return f(n)\nx = f(1)"
        #expect(Script.failure(text, dialect: .init())?.message == "function f called recursively")
        #expect(Script.failure(mutual, dialect: .init())?.message == "function f called recursively")
        #expect(try Script.x(text) == .int(2_432_902_008_176_640_000))
    }

    @Test func `a call may have hundreds of arguments`() throws {
        let numbers = (0..<700).map(String.init).joined(separator: ", ")
        let named = (0..<400).map { "k\($0)=\($0)" }.joined(separator: ", ")
        let text = "def f(*a, **k): return [len(a), a[699], len(k), k[\"k399\"]]\nx = f(\(numbers), \(named))"
        #expect(try Script.x(text) == .list([.int(700), .int(699), .int(400), .int(399)]))
    }

    @Test func `reading a variable before its assignment is an error`() throws {
        let local = "def f():\n    if False:\n        a = 1\n    return a\nf()"
        let global = "def f(): return a\nf()\na = 1"
        let cell = "def f():\n    def g(): return a\n    g()\n    a = 1\nf()"
        #expect(Script.failure(local)?.message == "local variable a referenced before assignment")
        #expect(Script.failure(global)?.message == "global variable a referenced before assignment")
        #expect(Script.failure(cell)?.message == "local variable a referenced before assignment")
    }

    @Test func `calls use more registers than one segment has`() throws {
        let names = (0..<300).map { "v\($0) = n + \($0)" }.joined(separator: "\n    ")
        let text = """
            def f(n):
                \(names)
                return v299 if n == 0 else f(n - 1) + v0 - v0
            def g(*args): return len(args)
            x = [f(100), g(*range(5000)), f(50)]
            """
        #expect(try Script.x(text) == .list([.int(299), .int(5000), .int(299)]))
    }

    @Test func `a callback runs above the arguments of the function that calls it`() throws {
        let text = """
            def key(v):
                a, b, c, d = v, v + 1, v + 2, v + 3
                return -(a + b + c + d)
            def spread(*args, **kw): return sorted(*args, **kw)
            x = [sorted([3, 1, 2], key=key), spread(*[[3, 1, 2]], **{"key": key}), sorted(*[[1, 3, 2]], **{"key": key})]
            """
        let sorted = StarlarkData.list([.int(3), .int(2), .int(1)])
        #expect(try Script.x(text) == .list([sorted, sorted, sorted]))
    }
}
