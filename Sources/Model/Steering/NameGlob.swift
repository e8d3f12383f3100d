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

    /// Whether a name might fit both; true where that would take a closer look.
    public func mayMeet(_ other: NameGlob) -> Bool {
        !isExact || !other.isExact || text == other.text
    }
}

extension NameGlob: CustomStringConvertible {
    /// The text.
    public var description: String { text }
}
