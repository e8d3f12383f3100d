/// What a function needs at run time.
public struct ResolvedFunction: Sendable {
    /// The local slots: the parameters in the order of `FunctionSyntax.parameters`, then other variables.
    ///
    /// Comprehension variables have slots of their own, also those of comprehensions at the top level.
    public let locals: [LocalVariable]

    /// The cells to capture when the closure is made.
    public let freeVariables: [FreeVariable]

    /// How many parameters there are, `*args` and `**kwargs` included: the first slots.
    public let parameterCount: Int

    /// How many of them can be given by position.
    public let positionalCount: Int

    /// How many are keyword-only.
    public let keywordOnlyCount: Int

    /// Whether it has `*args`, in slot `positionalCount`.
    public let hasStar: Bool

    /// Whether it has `**kwargs`, in the last parameter slot.
    public let hasDoubleStar: Bool
}
