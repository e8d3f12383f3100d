/// What a chunk promised, held against the errors it had.
struct ChunkVerdict {
    /// What went otherwise, as `path:line: …`.
    private(set) var problems: [String] = []
    /// Bare patterns whose error stood on another line.
    private(set) var notes: [String] = []

    /// Compares.
    ///
    /// A pattern in quotes is for its line alone. A bare one may be met elsewhere in the chunk, because the suite's own
    /// driver looks at messages only.
    init(_ errors: [ChunkError], of chunk: Chunk, _ file: ChunkFile) {
        var wanted = chunk.expectations
        for error in errors {
            let place = "\(file.path):\(error.lines.first ?? 0)"
            let onLine = wanted.firstIndex { error.lines.contains($0.line) || $0.isApart }
            let elsewhere = wanted.firstIndex { !$0.isQuoted && $0.matches(error.message) }
            if let index = onLine ?? elsewhere {
                let expectation = wanted.remove(at: index)
                if !expectation.matches(error.message) {
                    problems.append("\(place): failed with \(error.message), but should with \(expectation.pattern)")
                } else if onLine == nil {
                    notes.append("\(place): failed as line \(expectation.line) promised: \(error.message)")
                }
            } else if !ChunkVerdict.isRest(of: chunk, file, wanted) {
                problems.append("\(place): \(error.message)")
            }
        }
        problems += wanted.map { "\(file.path):\($0.line): did not fail, but should with \($0.pattern)" }
    }

    /// Whether errors that nobody promised do not count: the parser that files with quoted patterns were written for
    /// stops at its first error.
    private static func isRest(of chunk: Chunk, _ file: ChunkFile, _ wanted: [ChunkExpectation]) -> Bool {
        file.stage == .parse && wanted.isEmpty && chunk.expectations.contains(where: \.isQuoted)
    }
}
