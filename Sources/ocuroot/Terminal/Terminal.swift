import Foundation
import Model

/// Standard output or standard error, coloured only for people.
struct Terminal: Sendable {
    static let standardOutput = Terminal(descriptor: STDOUT_FILENO, surroundings: .current)
    static let standardError = Terminal(descriptor: STDERR_FILENO, surroundings: .current)

    private let descriptor: Int32
    /// Whether colours may be used: on a terminal, unless NO_COLOR is set.
    let isColored: Bool
    /// Whether a person looks on.
    let isInteractive: Bool

    init(descriptor: Int32, surroundings: Surroundings) {
        self.descriptor = descriptor
        isInteractive = isatty(descriptor) == 1
        isColored = isInteractive && surroundings["NO_COLOR"] == nil && surroundings["TERM"] != "dumb"
    }

    /// How many characters fit into a line; nil when it is not a terminal.
    var width: Int? {
        guard isInteractive else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Writes text as it is; what cannot be written is lost, as when the reader has gone.
    func write(_ text: String) {
        write(bytes: Array(text.utf8))
    }

    /// Writes bytes as they are; what cannot be written is lost, as when the reader has gone.
    func write(bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Writes a line.
    func line(_ text: String) {
        write(text + "\n")
    }

    /// Writes a table, as wide as a person can see.
    func show(_ table: TextTable) {
        for line in table.lines(width: width, style: style) { self.line(line) }
    }

    /// Says what is wrong and what to do about it.
    func complain(_ message: String, hint: String?) {
        line(style("error:", .red) + " " + PlainText.lines(message))
        if let hint { line(style("hint:", .cyan) + " " + PlainText.lines(hint)) }
    }

    /// The text in a style, if colours may be used.
    func style(_ text: String, _ style: TextStyle) -> String {
        isColored ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}
