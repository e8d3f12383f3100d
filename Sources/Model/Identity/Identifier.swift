/// What an ``Identifier`` names, and the letters that its written form begins with.
public protocol Identified {
    /// One or two lower-case letters, so that an id says in logs and commands what it is the id of.
    static var idPrefix: String { get }
}

/// A row's number in the database, typed by what it names; written as a prefix and the number, such as `b42`.
public struct Identifier<Subject: Identified>: RawRepresentable, Hashable, Comparable, Sendable {
    /// The number, positive, given by the database.
    public let rawValue: Int64

    /// Wraps a number that the database gave.
    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Orders by number, which is the order of creation.
    public static func < (left: Identifier, right: Identifier) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension Identifier: LosslessStringConvertible {
    /// Reads the written form, prefix included; nil for anything else.
    public init?(_ description: String) {
        guard description.hasPrefix(Subject.idPrefix),
            let number = Int64(description.dropFirst(Subject.idPrefix.count)), number > 0
        else { return nil }
        rawValue = number
    }

    /// The prefix and the number.
    public var description: String { "\(Subject.idPrefix)\(rawValue)" }
}

extension Identifier: Codable {
    /// Decodes the written form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = Identifier(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not an id of the form \(Subject.idPrefix)NUMBER")
        }
        self = id
    }

    /// Encodes the written form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
