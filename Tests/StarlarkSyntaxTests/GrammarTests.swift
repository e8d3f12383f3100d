import StarlarkSyntax
import Testing

@Suite
struct GrammarTests {
    @Test(arguments: [
        ("a or b and c or d", "(or (or a (and b c)) d)"),
        ("not a == b and not c", "(and (not (== a b)) (not c))"),
        ("a | b ^ c & d << e + f * g", "(| a (^ b (& c (<< d (+ e (* f g))))))"),
        ("a - b - c // d % e / f", "(- (- a b) (/ (% (// c d) e) f))"),
        ("a + b not in c", "(not in (+ a b) c)"),
        ("-x.y[0](1) * ~+z", "(* (- (call (at (. x y) 0) 1)) (~ (+ z)))"),
        ("a if b else c if d else e", "(cond b a (cond d c e))"),
        ("lambda: 0", "(lambda () 0)"),
        ("lambda x, y=1, *a, z, **k: x if y else z", "(lambda (x, y=1, *a, kw z, **k) (cond y x z))"),
        ("(1 < 2) == (3 >= 4)", "(== (< 1 2) (>= 3 4))"),
    ])
    func `operators bind by precedence, to the left`(text: String, outline: String) {
        #expect(Outline.of(text) == outline)
    }

    @Test(arguments: [
        ("()", "(tuple)"), ("(1)", "1"), ("(1,)", "(tuple 1)"), ("1, (2, 3)", "(tuple 1 (tuple 2 3))"),
        ("[]", "[]"), ("[1, [2],]", "[ 1 [ 2]]"), ("{}", "{}"), ("{1: 2, 'a': {},}", "{ 1 2 'a' {}}"),
        ("[x for x in y if a if b for z, (w) in x]", "(comp x for x y if a if b for (tuple z w) x)"),
        ("{k: v for k, v in d}", "(comp k: v for (tuple k v) d)"),
        ("[f for x in y if lambda: x]", "(comp f for x y if (lambda () x))"),
        ("x[1]", "(at x 1)"), ("x[1, 2]", "(at x (tuple 1 2))"), ("x[:]", "(slice x _ _ _)"),
        ("x[1:2:3]", "(slice x 1 2 3)"), ("x[::k]", "(slice x _ _ k)"), ("x[i:]", "(slice x i _ _)"),
        ("f(1, *a, **k)", "(call f 1 *a **k)"), ("f(x, y=1, z=(2),)", "(call f x y=1 z=2)"),
        ("f()()", "(call (call f))"),
    ])
    func `displays, comprehensions, indices and calls`(text: String, outline: String) {
        #expect(Outline.of(text) == outline)
    }

    @Test(arguments: [
        ("x = 1", "(= x 1)"), ("x, y = y, x", "(= (tuple x y) (tuple y x))"), ("[a, (b)] = c", "(= [ a b] c)"),
        ("x.y += 1", "(+= (. x y) 1)"), ("x //= 2; y >>= 3;", "(//= x 2) (>>= y 3)"),
        ("load('m', 'a', b='c',)", "(load m a=a b=c)"),
        ("def f(): return\n", "(def f() [return])"),
        ("def f(a, *, b=1, **c):\n  return a, b\npass", "(def f(a, kw b=1, **c) [(return (tuple a b))]) pass"),
        ("if a:\n\tb\nelif c: d\nelse:\n  e\n  f", "(if a [b] c [d] else [e f])"),
        ("for x, y in 1, 2:\n  break\n  continue", "(for (tuple x y) (tuple 1 2) [break continue])"),
        ("while x: pass", "(while x [pass])"),
    ])
    func `statements`(text: String, outline: String) {
        #expect(Outline.of(text) == outline)
    }

    @Test(arguments: [
        ("x = (1 +\n 2)", "(= x (+ 1 2))"), ("x = 1 \\\n + 2", "(= x (+ 1 2))"),
        ("x = [ # c\n\n 1\n]\ny", "(= x [ 1]) y"),
        ("\n\n  # only a comment\nx\n\n", "x"), ("x\r\ny\rz", "x y z"),
        ("def f():\n  a\n\n  # c\n\n  b", "(def f() [a b])"),
        ("def f():\n  if a:\n    b\nc", "(def f() [(if a [b])]) c"), ("", ""), ("\u{FEFF}x", "x"),
        ("if a:\n        b\n\tc", "(if a [b c])"), ("größe = ñ", "(= größe ñ)"),
    ])
    func `lines, indentation and comments`(text: String, outline: String) {
        #expect(Outline.of(text) == outline)
    }

    @Test
    func `f-strings hold expressions and conversions`() {
        var options = DialectOptions()
        options.fStrings = true
        #expect(Outline.of("f'a{x}b{{c}}{y.z[0]!r}\\n'", options) == "(f 'a' x 'b{' 'c}' (at (. y z) 0)!r '\n')")
        #expect(Outline.of("rf'\\d{x}' + f\"\"\"{\n1}\"\"\"", options) == "(+ (f '\\d' x) (f 1))")
        #expect(Outline.of("f'{x'", options).contains("got end of f-string, want '}' in f-string"))
        #expect(Outline.of("f'}'", options).contains("single '}' in f-string"))
        #expect(Outline.of("f'{x!q}'", options).contains("unknown conversion '!q'"))
        #expect(Outline.of("f'x'").contains("got string literal, want newline"))
    }

    @Test
    func `type annotations stand at parameters, results and assignments`() {
        var options = DialectOptions()
        options.typeAnnotations = true
        let text = "def f(a: int, *b: str, c: list[int] = []) -> None:\n  x: int = 1\n"
        #expect(Outline.of(text, options) == "(def f(a:int, *b:str, kw c:(at list int)=[])->None [(= x:int 1)])")
        #expect(Outline.of("def f(a: int): pass").contains("got ':', want ')'"))
    }
}
