extension StarlarkError: CustomStringConvertible {
    /// The message with its suggestion.
    public var summary: String { message + (suggestion.map { " (\($0))" } ?? "") }

    /// The whole report: static errors with their source lines, or the backtrace (outermost call first, each with
    /// its source line) and the message.
    public var description: String {
        if !syntaxErrors.isEmpty {
            return syntaxErrors.map(\.report).joined(separator: "\n")
        }
        guard !frames.isEmpty else { return summary }
        var lines = ["Traceback (most recent call last):"]
        let elided = frames.count - 2 * StarlarkError.framesShown
        for (index, frame) in frames.enumerated() {
            if elided > 0, index >= StarlarkError.framesShown, index < StarlarkError.framesShown + elided {
                if index == StarlarkError.framesShown { lines.append("  … \(elided) more calls …") }
                continue
            }
            lines.append("  \(frame.location): in \(frame.function)")
            let text = frame.line.drop { $0 == " " || $0 == "\t" }
            if !text.isEmpty { lines.append("    \(text)") }
        }
        lines.append("Error\(builtin.map { " in \($0)" } ?? ""): \(summary)")
        return lines.joined(separator: "\n")
    }

    /// How many calls are shown at each end of a long backtrace.
    private static let framesShown = 50
}
