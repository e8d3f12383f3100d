/// The argument parser's complaint, in the words of our own errors.
struct UsageError: Sendable, Equatable {
    /// What is wrong with the command line, a sentence without a full stop.
    let message: String
    /// Which command explains itself.
    let hint: String

    /// Reads what the parser would print.
    ///
    /// - Parameters:
    ///   - message: its sentence alone.
    ///   - fullMessage: the same with the usage of the command that was meant.
    init(message: String, fullMessage: String) {
        let lines = message.split(whereSeparator: \.isNewline).map { $0.trimmingPrefix("Error: ") }
        var sentence = lines.joined(separator: "; ")
        if sentence.hasSuffix(".") { sentence.removeLast() }
        self.message = sentence.prefix(1).lowercased() + sentence.dropFirst()
        hint = "see '\(Self.command(in: fullMessage)) --help'"
    }

    /// The command whose usage is shown: its words before the first option or argument.
    private static func command(in text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline)
        guard let usage = lines.last(where: { $0.hasPrefix("Usage: ") }) else { return "ocuroot" }
        let words = usage.dropFirst("Usage: ".count).split(separator: " ")
        return words.prefix { word in word.allSatisfy { $0.isLowercase || $0 == "-" } && !word.hasPrefix("-") }
            .joined(separator: " ")
    }
}
