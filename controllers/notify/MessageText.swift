import Model

/// What a chat shows of an event: one line, by the rules of Slack's incoming webhooks.
///
/// See <https://docs.slack.dev/messaging/formatting-message-text/>.
enum MessageText {
    private static let messageMax = 400
    private static let subjectMax = 100

    /// The line: what happened, to which build of which commit by whom, and where to look.
    static func line(_ event: EventFacts, link: String?) -> String {
        var parts = [mark(event.kind) + escaped(cut(event.message, messageMax))]
        if let build = event.build {
            var words = "build \(build.alias ?? "\(build.sequence)")"
            if let commit = event.commit { words += ", `\(commit.hex.prefix(8))`" }
            parts.append(escaped(words))
        } else if let commit = event.commit {
            parts.append("`\(commit.hex.prefix(8))`")
        }
        if let subject = event.subject, !subject.isEmpty { parts.append("_\(escaped(cut(subject, subjectMax)))_") }
        if let author = event.author.map(name), !author.isEmpty { parts.append("by \(escaped(author))") }
        if let link { parts.append("<\(replacing(link, marks.merging(["|": "%7C"]) { $1 }))|status>") }
        return parts.joined(separator: " · ")
    }

    /// The three characters that mean something to Slack.
    static func escaped(_ text: String) -> String { replacing(text, marks) }

    private static let marks: [Unicode.Scalar: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;"]

    /// By scalars: with an accent on it a mark is part of another character, and still a mark.
    private static func replacing(_ text: String, _ forms: [Unicode.Scalar: String]) -> String {
        text.unicodeScalars.reduce(into: "") { $0 += forms[$1] ?? String($1) }
    }

    private static func mark(_ kind: String) -> String {
        switch kind.split(separator: ".").last {
        case "succeeded", "settled", "reachable": ":white_check_mark: "
        case "failed", "unreachable", "refused": ":x: "
        case "blocked", "retrying": ":warning: "
        default: ""
        }
    }

    private static func cut(_ text: String, _ max: Int) -> String {
        let line = ReasonLine.text(of: text)
        return line.count <= max ? line : line.prefix(max - 1) + "…"
    }

    /// `Ann <ann@example.com>` without the address.
    private static func name(_ author: String) -> String {
        String(author.unicodeScalars.prefix { $0 != "<" }).trimmingSpaces()
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text.drop { $0 == " " })
    }
}
