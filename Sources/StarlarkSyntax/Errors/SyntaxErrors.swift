/// Every mistake found in a file, in order of place; never empty.
public struct SyntaxErrors: Error, Sendable, CustomStringConvertible {
    /// The mistakes, in order of place.
    public let errors: [SyntaxError]

    /// Whether the text only ended too early, so a console may ask for another line.
    public let isIncomplete: Bool

    /// These mistakes and those of another look at the same file, in order of place, each once.
    func merged(with other: SyntaxErrors, errorsMax: Int) -> SyntaxErrors {
        var seen: Set<SyntaxError> = []
        let all = (errors + other.errors).filter { seen.insert($0).inserted }
        let ordered = all.enumerated().sorted {
            let (left, right) = ($0.element.location, $1.element.location)
            return (left.line, left.column, $0.offset) < (right.line, right.column, $1.offset)
        }
        return SyntaxErrors(errors: ordered.prefix(max(1, errorsMax)).map(\.element), isIncomplete: isIncomplete)
    }

    /// Each mistake followed by its source line and a caret.
    public var description: String { errors.map(\.report).joined(separator: "\n") }
}
