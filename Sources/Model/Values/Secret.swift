/// A text that must not be seen: a token, a password, a key.
///
/// Printing it shows `***`, in strings and in mirrors; it is not Codable, so that no encoder writes it unasked.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The text itself, for the one place that needs it.
    public let text: String

    /// Takes the text as it is.
    public init(_ text: String) {
        self.text = text
    }

    /// Always `***`.
    public var description: String { "***" }

    /// A mirror without children, so that `dump` does not show the text either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
