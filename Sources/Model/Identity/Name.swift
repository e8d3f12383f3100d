/// A name that a person chose, typed by what it names, so that a package's name is never passed for a repo's.
public struct Name<Subject>: RawRepresentable, Hashable, Comparable, Sendable {
    /// The text as it was written.
    public let rawValue: String

    /// Wraps a text.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Wraps a text.
    public init(_ text: String) {
        rawValue = text
    }

    /// Orders by the bytes of the text, the same on every machine.
    public static func < (left: Name, right: Name) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

extension Name: CustomStringConvertible {
    /// The text.
    public var description: String { rawValue }
}

extension Name: ExpressibleByStringLiteral {
    /// Wraps a literal.
    public init(stringLiteral value: String) {
        rawValue = value
    }
}

extension Name: Codable {
    /// Decodes a plain string.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    /// Encodes a plain string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
