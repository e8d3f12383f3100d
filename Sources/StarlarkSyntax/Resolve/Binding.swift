/// What an identifier's occurrence refers to.
public struct Binding: Sendable {
    /// Where the value lives.
    public enum Scope: UInt8, Sendable {
        /// A local slot of the function, held directly.
        case local
        /// A local slot of the function that holds a cell, because an inner function captures it.
        case cell
        /// An entry of the function's captured cells.
        case free
        /// A slot of the module.
        case global
        /// An entry of `ResolvedProgram.predeclared`.
        case predeclared
        /// An entry of `ResolvedProgram.universals`.
        case universal
    }

    /// Where the value lives.
    public let scope: Scope

    /// Whether a read can never find the slot empty, so needs no check.
    public let isAssigned: Bool

    /// The slot or entry, counted from 0.
    public let index: Int32
}
