/// A name, or a pattern of names: `*` stands for any letters, also for `/` and for none, `?` for one letter.
public struct NameGlob: Hashable, Sendable, Codable {
    /// The text as it was written.
    public let text: String

    /// Wraps a text.
    public init(_ text: String) {
        self.text = text
    }

    /// Fits every name.
    public static let any = NameGlob("*")

    /// Whether it fits the one name that it is.
    public var isExact: Bool { !text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") } }

    /// The pattern as SQL's LIKE reads it, with a backslash in front of what is meant as it stands.
    public var likePattern: String {
        var pattern = ""
        for character in text.unicodeScalars {
            switch character {
            case "*": pattern += "%"
            case "?": pattern += "_"
            case "%", "_", "\\": pattern += "\\\(character)"
            default: pattern.unicodeScalars.append(character)
            }
        }
        return pattern
    }

    /// Whether it fits a name; takes time in proportion to the product of their lengths at most.
    public func fits(_ name: String) -> Bool {
        let (pattern, name) = (Array(text.unicodeScalars), Array(name.unicodeScalars))
        var (p, n) = (0, 0)
        /// The last star, and how much of the name it stands for so far ends here.
        var star: (pattern: Int, name: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == "*" {
                star = (p + 1, n)
                p += 1
            } else if p < pattern.count, pattern[p] == "?" || pattern[p] == name[n] {
                p += 1
                n += 1
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                (p, n) = (last.pattern, last.name + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }

    /// Whether a name might fit both; true of two patterns, which would take a closer look.
    public func mayMeet(_ other: NameGlob) -> Bool {
        if isExact { return other.fits(text) }
        return !other.isExact || fits(other.text)
    }
}

extension NameGlob: CustomStringConvertible {
    /// The text.
    public var description: String { text }
}
