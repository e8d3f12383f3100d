/// A text in quotes as test files write patterns: `"…"` with escapes, or between backquotes as it is.
struct QuotedLiteral {
    /// The text meant.
    let text: String

    private static let escapes: [Character: Character] = [
        "n": "\n", "t": "\t", "r": "\r", "\\": "\\", "\"": "\"", "a": "\u{7}", "b": "\u{8}", "f": "\u{C}", "v": "\u{B}",
    ]

    /// Nil when it is no literal, or one with an escape that is not known.
    init?(_ literal: Substring) {
        guard literal.count >= 2, let quote = literal.first, literal.last == quote else { return nil }
        var rest = literal.dropFirst().dropLast()
        if quote == "`" {
            text = String(rest)
            return
        }
        guard quote == "\"" else { return nil }
        var text = ""
        while let character = rest.popFirst() {
            if character == quote { return nil }
            guard character == "\\" else {
                text.append(character)
                continue
            }
            guard let escape = rest.popFirst() else { return nil }
            if let meant = Self.escapes[escape] {
                text.append(meant)
            } else if let digits = ["x": 2, "u": 4, "U": 8][escape],
                let number = UInt32(rest.prefix(digits), radix: 16),
                let scalar = Unicode.Scalar(number)
            {
                text.unicodeScalars.append(scalar)
                rest = rest.dropFirst(digits)
            } else {
                return nil
            }
        }
        self.text = text
    }
}
