/// A line of a commit's message that was meant to steer and is no trailer to git, so that it does nothing.
struct StrayTrailer {
    /// What it would be as a trailer.
    let trailer: Trailer
    /// Why it is none.
    let mistake: SteeringMistake

    /// The lines in their order, the first `countMax` of them.
    ///
    /// Only what begins with the whole name of a trailer counts, behind which comes a colon, an address of a package in an
    /// environment, or nothing: prose may begin with anything else.
    static func all(in commit: ChangeCommit, countMax: Int) -> [StrayTrailer] {
        let lines = commit.message.utf8.split(separator: UInt8(ascii: "\n")).compactMap(Line.init)
        guard !lines.isEmpty else { return [] }
        // What git reads is at the end.
        var read = commit.trailers.filter { (try? SteeringToken.reading($0.token)) != nil }
        var strays: [StrayTrailer] = []
        for line in lines.reversed() {
            if let last = read.last, line.isBeginning(of: last) {
                read.removeLast()
            } else {
                strays.append(line.stray)
            }
        }
        return strays.reversed().prefix(countMax).map { $0 }
    }

    /// A line that begins with the name of a trailer.
    private struct Line {
        private let token: SteeringToken
        private let name: String
        private let value: String
        private let hasColon: Bool

        init?(_ bytes: Substring.UTF8View) {
            let name = bytes.prefix { $0 != UInt8(ascii: ":") && !Self.isBlank($0) }
            let text = Substring(name)
            guard let token = SteeringToken.allCases.first(where: { $0.isWritten(as: text) }) else { return nil }
            let rest = bytes[name.endIndex...].drop(while: Self.isBlank)
            hasColon = rest.first == UInt8(ascii: ":")
            let value = (hasColon ? rest.dropFirst() : rest).drop(while: Self.isBlank)
            let word = value.prefix { !Self.isBlank($0) }
            guard hasColon || word.isEmpty || word.contains(UInt8(ascii: "@")) else { return nil }
            self.token = token
            self.name = String(text)
            self.value = value.lastIndex { !Self.isBlank($0) }.map { String(Substring(value[...$0])) } ?? ""
        }

        /// Whether the trailer was read from this line, and perhaps from those that are folded behind it.
        func isBeginning(of trailer: Trailer) -> Bool {
            hasColon && trailer.token.utf8.elementsEqual(name.utf8) && trailer.value.utf8.starts(with: value.utf8)
        }

        var stray: StrayTrailer {
            StrayTrailer(
                trailer: Trailer(token: name, value: value),
                mistake: hasColon
                    ? SteeringMistake(
                        "git does not take this line for a trailer",
                        hint:
                            "all trailers stand in the last paragraph of a message, behind an empty line, without other text"
                    )
                    : SteeringMistake("no colon is behind '\(name)'", hint: "write '\(token.rawValue): \(token.form)'"))
        }

        private static func isBlank(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
        }
    }
}

extension SteeringToken {
    /// Whether a text is the token, letters in upper and lower case being the same.
    fileprivate func isWritten(as text: Substring) -> Bool {
        text.utf8.count == rawValue.utf8.count && text.lowercased() == rawValue.lowercased()
    }
}
