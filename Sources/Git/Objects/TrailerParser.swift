import Model

/// Finds the trailers of a commit message by the rules of `git interpret-trailers --parse`, `---` lines being text.
///
/// They are the last paragraph, but never the first, if all its lines are trailers, or if one is a trailer that git
/// itself writes and at least a quarter are trailers.
/// Upstream: https://git-scm.com/docs/git-interpret-trailers
struct TrailerParser {
    private let lines: [Substring]

    /// The trailers in their order; folded lines joined by one space.
    static func trailers(of message: String) -> [Trailer] {
        TrailerParser(message).parse()
    }

    private init(_ message: String) {
        var all = message.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        let cut = all.firstIndex { $0.hasPrefix("# ------------------------ >8 ------------------------") }
        if let cut { all.removeSubrange(cut...) }
        while let last = all.last, Self.isBlank(last) || last.hasPrefix("#") { all.removeLast() }
        lines = all
    }

    private func parse() -> [Trailer] {
        guard let start = firstLine() else { return [] }
        var found: [Trailer] = []
        var canContinue = false
        for line in lines[start...] {
            if canContinue, Self.isIndented(line), let last = found.last {
                let joined = last.value + " " + Self.trim(line)
                found[found.count - 1] = Trailer(token: last.token, value: Self.trim(joined[...]))
                continue
            }
            guard !line.hasPrefix("#"), let (token, value) = Self.split(line) else {
                canContinue = false
                continue
            }
            found.append(Trailer(token: token, value: value))
            canContinue = true
        }
        return found
    }

    /// Where the paragraph of trailers begins; nil if the message has none.
    private func firstLine() -> Int? {
        let titleEnd = lines.firstIndex { !$0.hasPrefix("#") && Self.isBlank($0) } ?? lines.count
        var count = Count()
        for position in lines.indices.reversed() where position >= titleEnd {
            let line = lines[position]
            if line.hasPrefix("#") {
                count.endContinuation()
            } else if Self.isBlank(line) {
                count.endContinuation()
                return count.isTrailers ? position + 1 : nil
            } else {
                count.add(line)
            }
        }
        return nil
    }

    /// Counts, from the last line up, what speaks for and against a paragraph of trailers.
    private struct Count {
        private var trailers = 0
        private var others = 0
        private var possibleContinuations = 0
        private var hasGenerated = false

        var isTrailers: Bool {
            hasGenerated && trailers * 3 >= others || trailers > 0 && others == 0
        }

        mutating func endContinuation() {
            others += possibleContinuations
            possibleContinuations = 0
        }

        mutating func add(_ line: Substring) {
            if line.hasPrefix("Signed-off-by: ") || line.hasPrefix("(cherry picked from commit ") {
                trailers += 1
                possibleContinuations = 0
                hasGenerated = true
            } else if TrailerParser.isIndented(line) {
                possibleContinuations += 1
            } else if TrailerParser.split(line) != nil {
                trailers += 1
                possibleContinuations = 0
            } else {
                others += 1
                endContinuation()
            }
        }
    }

    /// The token and the value of `token : value`; nil unless the token is letters, digits and hyphens.
    private static func split(_ line: Substring) -> (token: String, value: String)? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let token = line[..<colon]
        let trimmed = trim(token)
        let isToken = trimmed.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isToken, !trimmed.isEmpty, !isIndented(line) else { return nil }
        return (trimmed, trim(line[line.index(after: colon)...]))
    }

    private static func isBlank(_ line: Substring) -> Bool { line.allSatisfy(isSpace) }

    private static func isIndented(_ line: Substring) -> Bool { line.first.map(isSpace) ?? false }

    /// Whether git takes it for a blank, which it does with these alone.
    private static func isSpace(_ letter: Character) -> Bool {
        letter == " " || letter == "\t" || letter == "\r" || letter == "\r\n"
    }

    private static func trim(_ text: Substring) -> String {
        let front = text.drop(while: isSpace)
        guard let end = front.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(front[...end])
    }
}
