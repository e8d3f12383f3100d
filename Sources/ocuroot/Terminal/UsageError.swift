import ArgumentParser
import StarlarkSyntax

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
        let command = Self.command(in: fullMessage)
        let unexpected = Self.unexpectedArgument(in: sentence)
        if let unexpected, let names = Self.subcommands(of: command) {
            let nearest = Spelling.nearest(to: unexpected, in: names)
            self.message = "no such command '\(unexpected)'" + (nearest.map { " (did you mean \($0)?)" } ?? "")
        } else {
            self.message = sentence.prefix(1).lowercased() + sentence.dropFirst()
        }
        let help = "see '\(command) --help'"
        if let unexpected, command == "ocuroot status" {
            hint = "name a package with --package \(unexpected); \(help)"
        } else {
            hint = help
        }
    }

    /// The first argument that no command takes.
    private static func unexpectedArgument(in sentence: String) -> String? {
        guard let start = sentence.firstRange(of: /[Uu]nexpected argument(s:)? '/)?.upperBound,
            let end = sentence[start...].firstIndex(of: "'")
        else { return nil }
        return String(sentence[start..<end])
    }

    /// The names below a command; nil when it has none.
    private static func subcommands(of command: String) -> [String]? {
        var names: [String]?
        var parsables: [any ParsableCommand.Type] = [Ocuroot.self]
        for word in command.split(separator: " ") {
            let named = parsables.first { $0.configuration.commandName == String(word) }
            guard let parsable = named else { return nil }
            parsables = parsable.configuration.subcommands
            names = parsables.compactMap { $0.configuration.commandName }
        }
        return names.flatMap { $0.isEmpty ? nil : $0 }
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
