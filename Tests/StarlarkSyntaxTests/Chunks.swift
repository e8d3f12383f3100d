import StarlarkSyntax

/// Runs text in which `---` lines separate files, and `### text` ends a line that must fail with a message that
/// contains the text; `# option: name` lines set options of their file.
struct Chunks {
    /// What differs between the errors expected and those found; empty when all is well.
    static func problems(
        _ text: String, predeclared: Set<String> = ["host"], universals: Set<String> = ["None", "True", "False", "len"]
    ) -> [String] {
        var problems: [String] = []
        for (number, chunk) in text.split(separator: "---\n").enumerated() {
            var wanted = expectations(in: chunk)
            for error in errors(of: chunk, NameTable(predeclared: predeclared, universals: universals)) {
                let found = wanted.firstIndex {
                    $0.line == error.location.line && error.description.contains($0.message)
                }
                if let found {
                    wanted.remove(at: found)
                } else {
                    problems.append("chunk \(number): unexpected \(error)")
                }
            }
            problems += wanted.map { "chunk \(number): line \($0.line) did not fail with \($0.message)" }
        }
        return problems
    }

    private static func errors(of chunk: Substring, _ names: NameTable) -> [SyntaxError] {
        do throws(SyntaxErrors) {
            let source = SourceFile(name: "t", text: String(chunk))
            let tree = try SyntaxTree.parse(source, options: options(in: chunk))
            _ = try ResolvedProgram.resolve(tree, names: names)
            return []
        } catch {
            return error.errors
        }
    }

    private static func expectations(in chunk: Substring) -> [(line: Int, message: String)] {
        chunk.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            let parts = line.split(separator: "### ", maxSplits: 1)
            return parts.count == 2 ? (index + 1, String(parts[1])) : nil
        }
    }

    private static func options(in chunk: Substring) -> DialectOptions {
        var options = DialectOptions()
        for line in chunk.split(separator: "\n") where line.hasPrefix("# option: ") {
            switch line.dropFirst("# option: ".count) {
            case "while": options.whileLoops = true
            case "control": options.topLevelControl = true
            case "reassign": options.globalReassignment = true
            case "fstrings": options.fStrings = true
            case "types": options.typeAnnotations = true
            case "loadglobal": options.loadBindsGlobally = true
            default: break
            }
        }
        return options
    }
}
