/// A parameter of a function.
public struct Parameter: Sendable {
    /// What arguments it takes.
    public enum Kind: UInt8, Sendable {
        /// By position or by name.
        case positional
        /// By name only: it stands after `*` or `*args`.
        case keywordOnly
        /// `*args`: the positional arguments left over.
        case star
        /// `**kwargs`: the named arguments left over.
        case doubleStar
    }

    /// What arguments it takes.
    public let kind: Kind

    /// Its name.
    public let name: NameID

    /// The default, evaluated when the function is defined; nil when an argument is required.
    public let defaultValue: ExpressionID?

    /// The annotation (option `typeAnnotations`), evaluated when the function is defined.
    public let type: ExpressionID?
}
