/// The operands of `base[low:high:step]`.
public struct SliceBounds: Sendable {
    /// What is sliced.
    public let base: ExpressionID

    /// Start, when given.
    public let low: ExpressionID?

    /// End, when given.
    public let high: ExpressionID?

    /// Stride, when given.
    public let step: ExpressionID?
}
