/// What a table shows of a reason that may have many lines.
public enum ReasonLine {
    private static let lastCharactersMax = 160
    private static let backtrace = "\nTraceback (most recent call last):\n"

    /// The first line; where that announces a command's output, with the last line of it, which names the cause.
    ///
    /// - Parameter fallback: what follows a first line that announces more where there is no more.
    public static func text(of reason: String, fallback: String = "") -> String {
        let lines = withoutBacktrace(reason).split(whereSeparator: \.isNewline)
        guard let first = lines.first else { return "" }
        guard first.hasSuffix(":") else { return String(first) }
        let last = lines.dropFirst().last { !$0.allSatisfy(\.isWhitespace) }?.drop(while: \.isWhitespace)
        guard let last else { return fallback.isEmpty ? String(first) : "\(first) \(fallback)" }
        return "\(first) \(last.prefix(lastCharactersMax))\(last.count > lastCharactersMax ? "…" : "")"
    }

    /// Without the calls of the config that led there; a backtrace that a command wrote ends with a line of its own.
    private static func withoutBacktrace(_ reason: String) -> Substring {
        guard let range = reason.ranges(of: backtrace).last else { return reason[...] }
        let isOurs = reason[range.upperBound...].split(separator: "\n").allSatisfy { $0.hasPrefix("  ") }
        return isOurs ? reason[..<range.lowerBound] : reason[...]
    }
}
