/// A local variable while names are resolved.
struct Variable {
    let symbol: Symbol
    /// Which of the functions being walked has it.
    let depth: Int32
    let slot: Int32
    /// The variable of the same name that it hides, or -1.
    let hidden: Int32
    /// Whether an inner function captures it.
    var isCell = false
}
