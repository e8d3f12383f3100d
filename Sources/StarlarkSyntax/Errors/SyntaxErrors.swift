/// Every mistake found in a file, in order of place; never empty.
public struct SyntaxErrors: Error, Sendable, CustomStringConvertible {
    /// The mistakes, in order of place.
    public let errors: [SyntaxError]

    /// Whether the text only ended too early, so a console may ask for another line.
    public let isIncomplete: Bool

    /// Each mistake followed by its source line and a caret.
    public var description: String { errors.map(\.report).joined(separator: "\n") }
}
