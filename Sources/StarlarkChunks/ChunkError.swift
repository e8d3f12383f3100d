import Starlark

/// An error of a chunk: where, and the message that patterns are held against.
struct ChunkError {
    /// The lines of the test file that were being executed, innermost first.
    let lines: [Int]
    /// What went wrong.
    let message: String

    /// A mistake found before running.
    init(_ mistake: SyntaxError) {
        lines = [mistake.location.line]
        message = mistake.message + (mistake.suggestion.map { " (\($0))" } ?? "")
    }

    private init(lines: [Int], message: String) {
        self.lines = lines
        self.message = message
    }

    /// The static errors, or the one that ended the run.
    ///
    /// Files of the Go implementation promise the innermost call, others any call of theirs.
    static func all(_ error: StarlarkError, of file: ChunkFile) -> [ChunkError] {
        if !error.syntaxErrors.isEmpty { return error.syntaxErrors.map(ChunkError.init) }
        let lines = error.frames.reversed().map(\.location).filter { $0.file == file.path }.map(\.line)
        if file.format == .go { return [ChunkError(lines: Array(lines.prefix(1)), message: error.summary)] }
        let message = "Error\(error.builtin.map { " in \($0)" } ?? ""): \(error.summary)"
        return [ChunkError(lines: lines, message: message)]
    }
}
