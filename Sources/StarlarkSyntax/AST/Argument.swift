/// One argument of a call.
///
/// Order in a call is checked by the parser: positional, then named, `*args` at most once, `**kwargs` at most once
/// and last; no name twice.
public struct Argument: Sendable {
    /// How the value is passed.
    public enum Kind: Sendable {
        /// By position.
        case positional
        /// As `name=value`.
        case named(Symbol)
        /// As `*value`.
        case star
        /// As `**value`.
        case doubleStar
    }

    /// How the value is passed.
    public let kind: Kind

    /// What is passed.
    public let value: ExpressionID

    /// Byte offset of the argument's first byte.
    public let position: UInt32
}
