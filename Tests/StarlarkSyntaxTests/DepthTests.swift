import Foundation
import StarlarkSyntax
import Testing

/// All on a thread with the 512 KiB of stack that Swift's and Dispatch's threads have.
@Suite
struct DepthTests {
    static let count = 100_000

    /// What parsing and resolving gives: "" or the first error.
    private func outcome(_ text: String, nestingMax: Int? = nil) -> String {
        let result = Mailbox()
        let thread = Thread {
            var options = DialectOptions()
            options.topLevelControl = true
            if let nestingMax { options.nestingMax = nestingMax }
            do throws(SyntaxErrors) {
                let tree = try SyntaxTree.parse(SourceFile(name: "t", text: text), options: options)
                _ = try ResolvedProgram.resolve(tree, names: NameTable(universals: ["x"]))
                result.put("")
            } catch {
                result.put(error.errors[0].message)
            }
        }
        thread.stackSize = 512 << 10
        thread.start()
        return result.take()
    }

    @Test(arguments: [
        "(", "[", "{1:", "-", "not ", "lambda: ", "x if x else ", "x[", "x(", "1 * (", "[x for x in [", "x == (not ",
        "f(*", "{x: [", "~+-",
    ])
    func `unbounded nesting is refused, not a crash`(text: String) {
        let deep = String(repeating: text, count: Self.count)
        #expect(outcome(deep).hasSuffix("levels deep"))
        #expect(outcome(deep, nestingMax: 5) == "code is nested more than 5 levels deep")
    }

    @Test
    func `nested blocks and functions are refused too`() {
        var blocks = ""
        for depth in 0..<3_000 { blocks += String(repeating: " ", count: depth) + "if x:\n" }
        #expect(outcome(blocks).contains("levels deep"))
        var functions = ""
        for depth in 0..<3_000 { functions += String(repeating: " ", count: depth) + "def f():\n" }
        #expect(outcome(functions).contains("levels deep"))
    }

    @Test(arguments: [
        ("x", "+x", ""), ("x", ".y", ""), ("x", "()", ""), ("x", "[0]", ""), ("x", " and x", ""), ("x", "[1:]", ""),
        ("x,", "x,", "x"), ("[", "x,", "]"), ("x(", "x,", ")"), ("if x: pass\n", "elif x: pass\n", ""),
    ])
    func `chains of any length are fine`(first: String, link: String, last: String) {
        #expect(outcome(first + String(repeating: link, count: Self.count) + last).isEmpty)
    }

    @Test(arguments: [
        ("(", ")"), ("[", "]"), ("-", ""), ("not ", ""), ("lambda: ", ""), ("x if x else ", ""), ("x[", "]"),
        ("x(", ")"), ("[x for x in [", "]]"), ("{1: ", "}"),
    ])
    func `everyday nesting works`(open: String, close: String) {
        let depth = 8
        let text = String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)
        #expect(outcome(text).isEmpty)
    }
}

/// Hands a string from one thread to another; the condition guards it.
private final class Mailbox: @unchecked Sendable {
    private let condition = NSCondition()
    private var value: String?

    func put(_ text: String) {
        condition.lock()
        value = text
        condition.signal()
        condition.unlock()
    }

    func take() -> String {
        condition.lock()
        defer { condition.unlock() }
        let deadline = Date(timeIntervalSinceNow: 60)
        while value == nil, condition.wait(until: deadline) {}
        return value ?? "timed out"
    }
}
