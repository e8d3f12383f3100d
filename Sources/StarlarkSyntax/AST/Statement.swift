/// A statement: a trivial value whose parts are ids into the same tree.
///
/// `tree.position(of: id)` gives the byte offset of its first byte, for an assignment that of its operator.
public enum Statement: Sendable {
    /// An expression evaluated for its effect.
    case expression(ExpressionID)
    /// `target = value`; target is a name, index, attribute, or a tuple or list of targets.
    case assign(target: ExpressionID, value: ExpressionID)
    /// `name: type = value` (option `typeAnnotations`).
    case annotatedAssign(target: ExpressionID, type: ExpressionID, value: ExpressionID)
    /// `target op= value`; target is a name, index or attribute.
    case augmentedAssign(BinaryOperator, target: ExpressionID, value: ExpressionID)
    /// `if`, `elif`s, and `else` (empty when absent).
    case `if`(branches: NodeList<ConditionalBranch>, otherwise: Block)
    /// `for target in iterable: body`; `tree[loop]` gives the parts.
    case `for`(ForID)
    /// `while condition: body` (option `whileLoops`).
    case `while`(condition: ExpressionID, body: Block)
    /// A function definition.
    case define(FunctionID)
    /// `return` or `return value`.
    case `return`(ExpressionID?)
    /// `break`
    case `break`
    /// `continue`
    case `continue`
    /// `pass`
    case pass
    /// A load.
    case load(LoadID)
}
