import Starlark
import Testing

@Suite struct StatementTests {
    @Test func `loops, break and continue`() throws {
        let text = """
            def f():
                out = []
                for i in range(10):
                    if i == 2: continue
                    if i == 6: break
                    for j in [1, 2, 3]:
                        if j == 2: break
                        out.append((i, j))
                n = 0
                while True:
                    n += 1
                    if n % 2: continue
                    if n > 6: break
                return out, n
            x = repr(f())
            """
        #expect(try Script.x(text) == .string("([(0, 1), (1, 1), (3, 1), (4, 1), (5, 1)], 8)"))
    }

    @Test func `ranges count in any direction`() throws {
        let text = "def f(): return [[i for i in range(3)], [i for i in range(5, 1, -2)], [i for i in range(2, 2)]]"
        let expected = StarlarkData.list([.list([.int(0), .int(1), .int(2)]), .list([.int(5), .int(3)]), .list([])])
        #expect(try Script.x("\(text)\nx = f()") == expected)
    }

    @Test func `assignment unpacks nested targets`() throws {
        let text = """
            (a, [b, c]), d = (1, (2, 3)), "d"
            e = [0, 0, 0]
            e[0], e[1:][0], e[2] = 1, 2, 3
            f, g = {"k": 1, "l": 2}
            a, b = b, a
            x = [a, b, c, d, e, f, g]
            """
        let list = StarlarkData.list([.int(1), .int(0), .int(3)])
        #expect(
            try Script.x(text) == .list([.int(2), .int(1), .int(3), .string("d"), list, .string("k"), .string("l")]))
    }

    @Test(arguments: [
        ("a, b = 1, 2, 3", "too many values to unpack (got 3, want 2)"),
        ("a, b = [1]", "too few values to unpack (got 1, want 2)"),
        ("a, b = 1", "got int in sequence assignment"), ("(1)[0] = 2", "int value does not support item assignment"),
    ])
    func `assignments that do not fit fail`(_ text: String, _ message: String) throws {
        #expect(Script.failure(text)?.message == message)
    }

    @Test func `augmented assignment evaluates its target once and changes lists in place`() throws {
        let text = """
            calls = []
            def i():
                calls.append(1)
                return 0
            a = [1]
            b = a
            a += [2]
            a += (3,)
            a[i()] += 10
            d = {"k": 1}
            e = d
            d |= {"l": 2}
            t = (1,)
            u = t
            t += (2,)
            x = [b, len(calls), e, len(u)]
            """
        let list = StarlarkData.list([.int(11), .int(2), .int(3)])
        #expect(try Script.x(text) == .list([list, .int(1), .dict(["k": .int(1), "l": .int(2)]), .int(1)]))
    }

    @Test(arguments: [
        ("for y in a: a.append(1)", "cannot append to list during iteration"),
        ("for y in a: a[0] = 1", "cannot assign to element of list during iteration"),
        ("for y in d: d[2] = 1", "cannot insert into hash table during iteration"),
        ("[d.pop(1) for y in d]", "pop: cannot delete from hash table during iteration"),
        ("for y in a:\n  for z in a:\n    break\n  a.clear()", "cannot clear list during iteration"),
    ])
    func `what is iterated over cannot change`(_ loop: String, _ message: String) throws {
        #expect(Script.failure("a = [1, 2]\nd = {1: 2}\n\(loop)")?.message == message)
    }

    @Test func `a list can change again after every way out of a loop`() throws {
        let text = """
            a = [1, 2]
            def leave():
                for y in a:
                    for z in a:
                        return y
            for y in a: pass
            a.append(3)
            for y in a: break
            a.append(4)
            leave()
            a.append(5)
            b = [y for y in a if y > 1]
            a.append(6)
            c, d = a[:2]
            a.append(len(sorted(a, key=lambda v: -v)))
            x = a
            """
        #expect(try Script.x(text) == .list([1, 2, 3, 4, 5, 6, 6].map(StarlarkData.int)))
    }

    @Test func `an error that the host catches leaves no list locked`() throws {
        let attempt = HostFunction(variadic: "attempt") { call in
            do throws(StarlarkError) {
                _ = try call.evaluation.call(call.positional[0])
                return .bool(true)
            } catch {
                return .string(error.message)
            }
        }
        let predeclared = try FrozenModule(name: "host", values: ["attempt": .function(attempt)])
        let text = """
            a = [1, 2]
            def bad():
                for y in a:
                    for z in {1: 2}:
                        fail("no")
            m = attempt(bad)
            a.append(3)
            x = [m, len(a)]
            """
        let module = try Script.run(text, predeclared: predeclared)
        #expect(try module.data("x") == .list([.string("fail: no"), .int(3)]))
    }
}
