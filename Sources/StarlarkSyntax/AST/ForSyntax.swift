/// The parts of a `for` statement.
public struct ForSyntax: Sendable {
    /// What each element is assigned to: a name, index, attribute, or a tuple or list of targets.
    public let target: ExpressionID

    /// What is iterated over.
    public let iterable: ExpressionID

    /// What runs for each element.
    public let body: Block
}
