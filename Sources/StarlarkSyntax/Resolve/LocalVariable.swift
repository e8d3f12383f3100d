/// A local slot of a function.
public struct LocalVariable: Sendable {
    /// Its identifier.
    public let symbol: Symbol

    /// Whether an inner function captures it: the slot then holds a cell (a captured parameter is moved into one on
    /// entry).
    public let isCell: Bool
}
