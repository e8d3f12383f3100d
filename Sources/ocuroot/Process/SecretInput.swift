import Foundation

/// A secret that is read from standard input, a file or an environment variable.
struct SecretInput {
    let isStandardInput: Bool
    let file: String?
    let variable: String?
    /// What it is, for prompts and errors.
    let what: String

    /// The secret without the line break at its end; nil when no place is named.
    ///
    /// - Throws: a ``CommandError`` when there is nothing at the place.
    func read() throws -> String? {
        if let variable {
            guard let text = Surroundings.current[variable] else {
                throw missing("the variable \(variable) is not set")
            }
            return text
        }
        guard isStandardInput || file != nil else { return nil }
        let isPrompted = isStandardInput && isatty(STDIN_FILENO) == 1
        var text = isPrompted ? String(decoding: prompted(), as: UTF8.self) : try Self.text(of: file ?? "-")
        while text.last?.isNewline == true { text.removeLast() }
        guard !text.isEmpty else { throw missing("nothing came from \(file ?? "standard input")") }
        return text
    }

    /// The longest that is read: known_hosts of a whole company, and more than any key.
    private static let bytesMax = 512 << 10

    /// The text of a file; of standard input for `-`.
    ///
    /// - Throws: a ``CommandError`` when it cannot be read, is too long or no text: a changed secret would be of no use.
    static func text(of path: String) throws -> String {
        let bytes = try SourceText.read(
            path == "-" ? path : (path as NSString).expandingTildeInPath, upTo: bytesMax)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError("\(path) is not UTF-8", hint: "name a file that holds text")
        }
        return text
    }

    private func missing(_ cause: String) -> CommandError {
        CommandError(
            "\(what) cannot be read: \(cause)", hint: "--help lists the places that it may come from", status: .usage)
    }

    /// A line typed without being shown.
    private func prompted() -> [UInt8] {
        Terminal.standardError.write("\(what): ")
        var settings = termios()
        tcgetattr(STDIN_FILENO, &settings)
        let original = settings
        settings.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        defer {
            var original = original
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &original)
            Terminal.standardError.line("")
        }
        return Array((readLine() ?? "").utf8)
    }
}
