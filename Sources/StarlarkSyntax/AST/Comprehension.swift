/// A list or dict comprehension.
public struct Comprehension: Sendable {
    /// What is built.
    public enum Body: Sendable {
        /// `[element for …]`
        case list(element: ExpressionID)
        /// `{key: value for …}`
        case dictionary(key: ExpressionID, value: ExpressionID)
    }

    /// A `for` or `if` after the body.
    public enum Clause: Sendable {
        /// `for target in iterable`; target is a name, index, attribute, or a tuple or list of targets.
        case loop(target: ExpressionID, iterable: ExpressionID)
        /// `if condition`
        case condition(ExpressionID)
    }

    /// What is built for each round.
    public let body: Body

    /// The clauses, outermost first; the first is always a `for`, whose iterable is outside the scope.
    public let clauses: NodeList<Clause>

    /// Byte offset of the opening bracket.
    public let position: UInt32
}
