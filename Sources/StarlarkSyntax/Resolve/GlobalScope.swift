/// The module's names while they are resolved.
struct GlobalScope {
    /// A global with what error messages say of it.
    struct Variable {
        let symbol: Symbol
        let isExported: Bool
        let firstPosition: UInt32
        /// Whether its first binding was passed.
        var isBound = false
        /// Whether it surely has a value at this place.
        var isAssigned = false
    }

    /// What a name that the module does not bind refers to.
    enum Outer {
        case unknown, undefined
        case predeclared(Int32)
        case universal(Int32)
    }

    var variables: ContiguousArray<Variable> = []
    /// For each symbol the global's slot, or -1.
    var slots: ContiguousArray<Int32> = []
    /// For each symbol what it refers to outside the module.
    var outer: ContiguousArray<Outer> = []
    var predeclared: [Symbol] = []
    var universals: [Symbol] = []
}
