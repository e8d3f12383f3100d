import Starlark
import Testing

@Suite struct MutationTests {
    private static let changes = [
        "a.append(1)", "a.extend([1])", "a.extend(a)", "a.insert(0, 1)", "a.pop()", "a.pop(0)", "a.remove(1)",
        "a.clear()", "a[0] = 1", "a += [1]", "d[1] = 2", "d[9] = 2", "d.pop(1)", "d.popitem()", "d.clear()",
        "d.update([(9, 9)])", "d.update(k = 1)", "d.setdefault(9, 1)", "d |= {9: 1}", "s.add(9)", "s.discard(1)",
        "s.remove(1)", "s.pop()", "s.clear()", "s.update([9])", "s |= set([9])",
    ]

    private static let start = "a = [1, 2, 3]\nd = {1: 1, 2: 2}\ns = set([1, 2])\n"

    private static func container(_ change: String) -> String { String(change.prefix(1)) }

    @Test(arguments: changes)
    func `nothing changes what a loop runs over`(_ change: String) throws {
        let loops = [
            "for v in \(MutationTests.container(change)): \(change)",
            "def f(v):\n    \(change.replacing("+=", with: ".extend").replacing("|=", with: ".update").asCall)\n"
                + "[f(v) for v in \(MutationTests.container(change))]",
        ]
        for loop in loops {
            let error = try #require(Script.failure(MutationTests.start + loop))
            #expect(error.code == .evaluation)
            #expect(error.message.contains("during iteration"), "\(error.message)")
        }
    }

    @Test(arguments: changes)
    func `it may change again once the loop was left`(_ change: String) throws {
        let name = MutationTests.container(change)
        let text = """
            \(MutationTests.start)def leave():
                for v in \(name):
                    for w in \(name): return v
            def skip():
                for v in \(name): break
                return [w for w in \(name) if w in list(\(name))]
            leave()
            skip()
            \(change)
            x = 1
            """
        #expect(try Script.x(text) == .int(1))
    }

    @Test func `a call that failed in a loop leaves the host's list changeable`() throws {
        let module = try Script.run("def f(a):\n    for v in a: fail(v)\ndef g(a): a.append(2)\n")
        let evaluation = Evaluation()
        let list = try evaluation.make(.list([.int(1)]))
        let (fails, grows) = (try #require(module.function("f")), try #require(module.function("g")))
        for _ in 0..<3 {
            #expect(throws: StarlarkError.self) { try evaluation.call(fails, [.reference(list)]) }
            _ = try evaluation.call(grows, [.reference(list)])
        }
        #expect(list.items?.count == 4)
    }

    @Test func `a builtin that walks over a list while a key function changes it is refused`() throws {
        for builtin in ["max(a, key = f)", "min(a, key = f)", "sorted([1], key = f) + [g(v) for v in a]"] {
            let text = "a = [1, 2, 3]\ndef f(v): return a.append(v) or v\ndef g(v): return a.append(v)\n\(builtin)"
            #expect(Script.failure(text)?.message.contains("during iteration") == true)
        }
    }
}

extension String {
    /// An assignment to an element, or an augmented one, as a call that a function may make.
    fileprivate var asCall: String {
        if contains(" = ") && contains("[") && !contains("(") {
            return "x = \(prefix(1))\n    x\(dropFirst())"
        }
        for method in [".extend", ".update"] where contains(" \(method) ") {
            return replacing(" \(method) ", with: "\(method)(") + ")"
        }
        return self
    }
}
