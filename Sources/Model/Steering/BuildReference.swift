/// Names a Build of a package: its number, its alias, its id, or the commit that it was made from.
public struct BuildReference: Hashable, Sendable {
    /// Shorter beginnings of a commit's id are none.
    public static let commitDigitsMin = 7

    /// The text as it was written.
    public let text: String

    /// Wraps a text without spaces.
    public init(_ text: some StringProtocol) {
        self.text = String(text)
    }

    /// The Build's number, when the text is `12` or `#12`.
    public var sequence: Int64? {
        let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return Int64(digits)
    }

    /// The Build's id, when the text is `b42`.
    public var id: BuildID? { BuildID(text) }

    /// The Build's alias, unless the text can only be a number.
    public var alias: String? { text.hasPrefix("#") ? nil : text }

    /// The beginning of a commit's id, in lower case, when the text is one of at least ``commitDigitsMin`` digits.
    public var commitPrefix: String? {
        let isHexadecimal = text.allSatisfy { $0.isASCII && $0.isHexDigit }
        guard isHexadecimal, (Self.commitDigitsMin...64).contains(text.utf8.count) else { return nil }
        return text.lowercased()
    }
}

extension BuildReference: CustomStringConvertible {
    /// The text.
    public var description: String { text }
}
