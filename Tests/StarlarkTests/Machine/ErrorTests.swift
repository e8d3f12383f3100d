import Starlark
import Testing

@Suite struct ErrorTests {
    @Test func `the backtrace crosses calls and loaded files`() throws {
        let loader = ModuleLoader { request in
            .bytes(name: request.module, Array("def check(v):\n    return 1 // v\n\ny = check(0)\n".utf8))
        }
        let text = "a = 1\nload(\"lib.star\", \"check\")\n"
        let error = #expect(throws: StarlarkError.self) { try loader.load(name: "main.star", bytes: Array(text.utf8)) }
        #expect(
            error?.description == """
                Traceback (most recent call last):
                  main.star:2:1: in <toplevel>
                    load("lib.star", "check")
                  lib.star:4:10: in <toplevel>
                    y = check(0)
                  lib.star:2:14: in check
                    return 1 // v
                Error: floored division by zero
                """)
        #expect(error?.location?.file == "lib.star")
    }

    @Test func `an error of a builtin names it`() throws {
        let error = try #require(Script.failure("def f(v):\n    return v.index(9)\nf([1])"))
        #expect(error.builtin == "index")
        #expect(error.frames.map(\.function) == ["<toplevel>", "f"])
        #expect(error.description.hasSuffix("Error in index: index: value not in list"))
    }

    @Test func `an operator's error is placed at the operator`() throws {
        let error = try #require(
            Script.failure("def f(a, b):\n    c = 1\n    return (a +\n        b) * -\"s\"\nf(1, 2)"))
        #expect(error.location?.line == 4)
        #expect(error.location?.column == 14)
    }

    @Test func `a misspelled attribute is suggested`() throws {
        #expect(Script.failure("[].apend(1)")?.suggestion == "did you mean .append?")
    }

    @Test func `static errors come all at once`() throws {
        let error = try #require(Script.failure("x = undefined1\ny = undefined2\n"))
        #expect(error.code == .syntax)
        #expect(error.syntaxErrors.count == 2)
        #expect(error.frames.isEmpty)
    }

    @Test func `a deep backtrace keeps its ends`() throws {
        let error = try #require(Script.failure("def f(n): return f(n + 1)\nf(0)"))
        #expect(error.code == .depthLimit)
        #expect(error.frames.first?.function == "<toplevel>")
        #expect(error.frames.count <= 200)
    }
}
