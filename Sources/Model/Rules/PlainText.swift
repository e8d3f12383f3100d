/// Text of others that is fit for a terminal: commits, config files and git hosts may say what a terminal would obey.
public enum PlainText {
    /// The text in one line: with a space for each control character and line end, and for what turns the direction of
    /// writing.
    public static func line(_ text: some StringProtocol) -> String {
        replacing(text) { isObeyed($0) }
    }

    /// The same with the line ends and tabs that it has.
    public static func lines(_ text: some StringProtocol) -> String {
        replacing(text) { isObeyed($0) && $0 != "\n" && $0 != "\t" }
    }

    private static func replacing(_ text: some StringProtocol, _ isReplaced: (Unicode.Scalar) -> Bool) -> String {
        guard text.unicodeScalars.contains(where: isReplaced) else { return String(text) }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isReplaced($0) ? " " : $0 }))
    }

    private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{2028}", "\u{2029}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
        default: scalar.properties.generalCategory == .control
        }
    }
}
