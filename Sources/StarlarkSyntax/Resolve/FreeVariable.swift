/// A variable of an enclosing function that a closure captures when it is made.
public struct FreeVariable: Sendable {
    /// Its identifier.
    public let symbol: Symbol

    /// Where the enclosing function has the cell.
    public enum Source: Sendable {
        /// In the cell of that local slot.
        case cell(Int32)
        /// In that entry of its own captured cells.
        case free(Int32)
    }

    /// Where the enclosing function has the cell.
    public let source: Source
}
