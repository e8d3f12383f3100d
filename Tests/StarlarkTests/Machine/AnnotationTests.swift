import Starlark
import StarlarkSyntax
import Testing

@Suite struct AnnotationTests {
    private var dialect: DialectOptions {
        var dialect = Script.fullDialect
        dialect.typeAnnotations = true
        return dialect
    }

    @Test(arguments: [
        ("def f(a: int, b: str = \"\", *c: int, **d: str) -> list[int]: return [a]", "f(1, \"x\", 2, k=\"v\")"),
        ("def f(a: int | None) -> None: pass", "f(None)"), ("def f(a: dict[str, list[int]]): pass", "f({\"k\": [1]})"),
        ("def f(a: tuple[int, str]): pass", "f((1, \"x\"))"), ("a: list[int | float] = [1, 2.5]", "a"),
    ])
    func `values of the annotated types pass`(_ definition: String, _ use: String) throws {
        #expect(Script.failure("\(definition)\n\(use)", dialect: dialect) == nil)
    }

    @Test(arguments: [
        ("def f(a: int): pass", "f(\"x\")", "parameter a: got string, want int"),
        ("def f(*a: int): pass", "f(1, \"x\")", "parameter a: got tuple, want tuple[int, ...]"),
        ("def f(a: list[int]): pass", "f([1, \"x\"])", "parameter a: got list, want list[int]"),
        ("def f(a: int | None = \"x\"): pass", "f()", "parameter a: got string, want int | None"),
        ("def f() -> int: pass", "f()", "result of f: got NoneType, want int"),
        ("def f() -> str: return 1", "f()", "result of f: got int, want string"),
        ("a: int = \"x\"", "a", "variable a: got string, want int"),
        ("def f(a: 3): pass", "f(3)", "not a type that can be checked"),
        ("def f(a: list[()]): pass", "f([])", "not a type that can be checked"),
    ])
    func `values of other types are refused`(_ definition: String, _ use: String, _ message: String) throws {
        #expect(Script.failure("\(definition)\n\(use)", dialect: dialect)?.message == message)
    }
}
