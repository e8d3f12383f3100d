/// What a line promises: an error there, with a message that a pattern matches.
struct ChunkExpectation: Sendable {
    /// The line, counted from 1 in the whole file.
    let line: Int
    /// Whether the pattern has a line for itself, so that it promises no line.
    let isApart: Bool
    /// The pattern as it is written in the file, without quotes.
    let pattern: String
    /// Whether it stood in quotes: then letters count as they are, and only the expression counts.
    let isQuoted: Bool

    /// The expectation at the end of a line; nil when there is none, or none for this implementation.
    ///
    /// - Throws: a ``ChunkSyntaxError`` for an expectation that cannot be read.
    init?(lineText: String, line: Int) throws(ChunkSyntaxError) {
        guard let mark = lineText.firstRange(of: "###"), !lineText.contains("####") else { return nil }
        self.line = line
        var text = lineText[mark.upperBound...].trimmingSpaces
        if let literal = QuotedLiteral(text) {
            isQuoted = true
            pattern = literal.text
        } else {
            for other in ["java:", "rust:"] where text.hasPrefix(other) { return nil }
            if text.hasPrefix("go:") { text = text.dropFirst("go:".count).trimmingSpaces }
            isQuoted = false
            pattern = String(text)
        }
        isApart = !isQuoted && lineText[..<mark.lowerBound].allSatisfy(\.isWhitespace)
        guard !pattern.isEmpty else { throw ChunkSyntaxError(line: line, reason: "### without a pattern") }
        if isQuoted, (try? Regex(pattern)) == nil {
            throw ChunkSyntaxError(line: line, reason: "no regular expression: \(pattern)")
        }
    }

    /// Whether a message is what was promised; unquoted patterns may also be plain text, of any case.
    func matches(_ message: String) -> Bool {
        if isQuoted { return ChunkExpectation.matches(pattern, message) }
        let message = message.lowercased()
        let pattern = pattern.lowercased()
        return message.contains(pattern) || ChunkExpectation.matches(pattern, message)
    }

    /// Whether a regular expression is found in a text; false for what is no expression.
    static func matches(_ pattern: String, _ text: String) -> Bool {
        guard let regex = try? Regex(pattern).matchingSemantics(.unicodeScalar) else { return false }
        return text.firstMatch(of: regex) != nil
    }
}

extension Substring {
    /// Without the blanks at both ends.
    var trimmingSpaces: Substring {
        var text = self
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text.drop { $0.isWhitespace }
    }
}
