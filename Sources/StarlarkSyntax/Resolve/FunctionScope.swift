/// A function while its names are resolved.
struct FunctionScope {
    /// Its local variables in the order of their slots: indices into `Resolver.variables`.
    var locals: [Int32] = []
    /// Whether each slot surely has a value at this place.
    var isAssigned: [Bool] = []
    /// Slots in the order in which they got assigned, so that a branch can be taken back; globals are `~slot`.
    var journal: [Int32] = []
    var freeVariables: [FreeVariable] = []
    /// For a captured variable its index in `freeVariables`.
    var freeIndices: [Int32: Int32] = [:]
    /// How many loops enclose the place, within the function.
    var loopDepth = 0
}
