/// An expression: a trivial value whose operands are ids into the same tree.
///
/// `tree.position(of: id)` gives the byte offset errors are reported at: the operator of a unary or binary
/// expression, the `(` of a call, the `[` of an index or slice, the `.` of an attribute, the `if` of a conditional,
/// otherwise the first byte. Parentheses leave no node.
///
/// Depth: operands other than the *left child* (`leftChild`) nest at most `DialectOptions.nestingMax` deep, so
/// a walker may recurse into them. The chain of left children (`a + b + c…`, `f()()…`, `x.y.z…`) may be as long as
/// the file: walk it in a loop.
public enum Expression: Sendable {
    /// An identifier that is looked up by scope.
    case name(NameID)
    /// An integer literal within 64 bits.
    case integer(Int64)
    /// A larger integer literal.
    case bigInteger(BigIntegerID)
    /// A float literal, always finite.
    case float(Double)
    /// A string literal (neighbouring literals are not joined: the language has no such rule).
    case string(TextID)
    /// A bytes literal.
    case bytes(TextID)
    /// An f-string (option `fStrings`): parts to be joined.
    case formatted(NodeList<FormattedPart>)
    /// A tuple, parenthesised or not; may be empty.
    case tuple(NodeList<ExpressionID>)
    /// A list display.
    case list(NodeList<ExpressionID>)
    /// A dict display: key, value, key, value…; twice as many ids as entries.
    case dictionary(NodeList<ExpressionID>)
    /// A list or dict comprehension.
    case comprehension(ComprehensionID)
    /// A lambda.
    case lambda(FunctionID)
    /// A prefix operator.
    case unary(UnaryOperator, ExpressionID)
    /// `left op right`, including `and`, `or`, `in` and `not in`.
    case binary(BinaryOperator, left: ExpressionID, right: ExpressionID)
    /// `then if condition else otherwise`.
    case conditional(condition: ExpressionID, then: ExpressionID, otherwise: ExpressionID)
    /// `callee(arguments)`.
    case call(callee: ExpressionID, arguments: NodeList<Argument>)
    /// `base.attribute`.
    case attribute(base: ExpressionID, attribute: Symbol)
    /// `base[index]`.
    case index(base: ExpressionID, index: ExpressionID)
    /// `base[low:high:step]`.
    case slice(SliceID)
}
