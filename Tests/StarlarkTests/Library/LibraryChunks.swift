import Starlark

/// Runs Starlark text that tests itself with `assert_eq`.
///
/// Chunks are separated by `---` lines. A line that ends with `### text` must fail with a message that contains the
/// text; it is the last that runs in its chunk.
enum LibraryChunks {
    /// What went otherwise than the text says; empty when all is well.
    static func problems(_ text: String, _ settings: EvaluationSettings = .init()) -> [String] {
        text.split(separator: "---\n").enumerated().compactMap { problem("chunk \($0)", String($1), settings) }
    }

    /// The same for lines that are chunks of their own, each with the text it must fail with.
    static func failures(_ lines: String, _ settings: EvaluationSettings = .init()) -> [String] {
        lines.split(separator: "\n").compactMap { problem("\"\($0)\"", String($0), settings) }
    }

    private static func problem(_ name: String, _ code: String, _ settings: EvaluationSettings) -> String? {
        let wanted = code.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
            let parts = $1.split(separator: "### ", maxSplits: 1)
            return parts.count == 2 ? (line: $0 + 1, text: String(parts[1])) : nil
        }.first
        do {
            let predeclared = try predeclared(settings)
            let program = try Program(name: "chunk", bytes: Array(code.utf8), predeclared: predeclared)
            _ = try program.run(settings, predeclared: predeclared) { _ in FrozenModule.empty }
            return wanted.map { "\(name): line \($0.line) did not fail with \($0.text)" }
        } catch let error as StarlarkError {
            let line = error.frames.last { $0.location.file == "chunk" }?.location.line ?? error.location?.line
            if let wanted, wanted.line == line, error.summary.contains(wanted.text) { return nil }
            return "\(name): line \(line ?? 0): \(error.summary)"
        } catch {
            return "\(name): \(error)"
        }
    }

    private static func predeclared(_ settings: EvaluationSettings) throws -> FrozenModule {
        let text = "def assert_eq(x, y):\n    if x != y or type(x) != type(y): fail(\"%r != %r\" % (x, y))\n"
        let helpers = try Program(name: "helpers", bytes: Array(text.utf8)).run { _ in FrozenModule.empty }
        guard let assertEqual = helpers.function("assert_eq") else { return .empty }
        return try FrozenModule(
            name: "predeclared",
            values: [
                "assert_eq": .functionReference(assertEqual),
                "struct": .library(.structure), "json": .library(.json), "math": .library(.math),
                "time": .library(.time),
            ])
    }
}
