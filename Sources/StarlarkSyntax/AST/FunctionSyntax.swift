/// A `def`, a `lambda`, or the file's top level.
public struct FunctionSyntax: Sendable {
    /// What is run when it is called.
    public enum Body: Sendable {
        /// The statements of a `def` or of the file.
        case block(Block)
        /// The value of a `lambda`.
        case expression(ExpressionID)
    }

    /// The name a `def` binds; nil for a lambda and the top level.
    public let name: NameID?

    /// Its parameters: positional, then the starred one, then keyword-only, then the doubly starred one.
    ///
    /// A bare `*` leaves no entry.
    public let parameters: NodeList<Parameter>

    /// The annotated result type (option `typeAnnotations`).
    public let returnType: ExpressionID?

    /// What is run.
    public let body: Body

    /// Byte offset of `def` or `lambda`.
    public let position: UInt32
}
