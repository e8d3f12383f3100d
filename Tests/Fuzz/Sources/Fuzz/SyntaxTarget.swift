import StarlarkSyntax

/// Scans, parses and resolves; every error must stand within the file.
enum SyntaxTarget {
    static func run(_ bytes: [UInt8]) {
        let source = SourceFile(name: "input", bytes: bytes)
        let names = NameTable(predeclared: ["json", "struct"], universals: ["None", "True", "False", "len", "range"])
        do {
            let tree = try SyntaxTree.parse(source, options: .fuzzed(bytes))
            _ = try ResolvedProgram.resolve(tree, names: names)
        } catch {
            Finding.unless(!error.errors.isEmpty, "a refusal names at least one error")
            for mistake in error.errors {
                Finding.unless(mistake.location.line <= source.lineStarts.count, "line \(mistake.location.line)")
                Finding.unless(!mistake.message.isEmpty && !"\(mistake)".isEmpty, "an error says something")
            }
        }
    }
}
