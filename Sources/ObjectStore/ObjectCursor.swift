/// A place in a listing, meaningful only to the bucket that gave it and for the same prefix.
public struct ObjectCursor: Sendable, Hashable {
    /// The place in the bucket's own notation.
    public let text: String

    /// Takes what an earlier ``text`` gave.
    public init(_ text: String) { self.text = text }
}
