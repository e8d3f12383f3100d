/// A mistake found before running: the file, the place, what is wrong, and what may have been meant.
public struct SyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is.
    public enum Code: String, Sendable {
        /// A byte or literal that is no token.
        case scan
        /// Tokens that form no program.
        case parse
        /// A program that breaks a rule of names or placement.
        case resolve
        /// A bound of the parser was reached: file size, nesting.
        case limit
    }

    /// What kind of mistake it is.
    public let code: Code

    /// Where it is.
    public let location: SourceLocation

    /// What is wrong.
    public let message: String

    /// What may have been meant, for example "did you mean 'append'?".
    public let suggestion: String?

    /// The text of the line.
    public let line: String

    /// The place, then the message, then the suggestion in parentheses.
    public var description: String {
        "\(location): \(message)" + (suggestion.map { " (\($0))" } ?? "")
    }

    /// The description, the source line and a caret under the place.
    public var report: String {
        line.isEmpty ? description : "\(self)\n\(excerpt)"
    }

    /// The source line and a caret under the place, both indented; empty when the line is not known.
    public var excerpt: String {
        guard !line.isEmpty else { return "" }
        let margin = line.prefix(max(0, location.column - 1)).map { $0 == "\t" ? "\t" : " " }.joined()
        return "  \(line)\n  \(margin)^"
    }
}
