import Starlark

/// Evaluates an expression, evaluates what `repr` shows of the value, and compares the two.
enum ReprTarget {
    static func run(_ bytes: [UInt8]) {
        let evaluation = Evaluation(FuzzNames.settings)
        guard let value = value(Array("def f(): return (\n".utf8) + bytes + Array("\n)\n".utf8), evaluation),
            let text = call("text", [.reference(value)], evaluation)?.string, isReadable(text)
        else { return }
        guard let again = self.value(Array("def f(): return (\(text))".utf8), evaluation, mustCompile: true),
            let same = call("same", [.reference(value), .reference(again)], evaluation)?.bool
        else { return }
        Finding.unless(same, "not equal to what it reads back as: \(text)")
        let shown = call("text", [.reference(again)], evaluation)?.string
        Finding.unless(shown == nil || shown == text, "\(text) reads back and is shown as \(shown ?? "")")
    }

    /// Functions, cycles, views and numbers that are none have no literal.
    private static func isReadable(_ text: String) -> Bool {
        !["<", "...", "nan", "inf", ".elem", ".codepoint", "\u{FFFD}"].contains { text.contains($0) }
    }

    private static func value(_ bytes: [UInt8], _ evaluation: Evaluation, mustCompile: Bool = false) -> ValueReference?
    {
        do throws(StarlarkError) {
            let program = try Program(name: "input", bytes: bytes, predeclared: FuzzNames.predeclared)
            let module = try program.run(FuzzNames.settings, predeclared: FuzzNames.predeclared) { _ in
                throw FuzzNames.NoModule()
            }
            return try module.function("f").map { (function) throws(StarlarkError) in try evaluation.call(function) }
        } catch {
            let isLimit = error.message.contains("nest") || error.message.contains("digits")
            Finding.unless(!mustCompile || error.code != .syntax || isLimit, "\(error)")
            return nil
        }
    }

    private static func call(_ name: String, _ arguments: [HostValue], _ evaluation: Evaluation) -> ValueReference? {
        do throws(StarlarkError) {
            return try evaluation.call(FuzzNames.tool(name), arguments)
        } catch {
            return nil
        }
    }
}
