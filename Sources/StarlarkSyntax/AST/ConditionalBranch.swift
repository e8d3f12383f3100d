/// An `if` or `elif` with its body.
public struct ConditionalBranch: Sendable {
    /// What is tested.
    public let condition: ExpressionID

    /// What runs when the test holds.
    public let body: Block

    /// Byte offset of `if` or `elif`.
    public let position: UInt32
}
