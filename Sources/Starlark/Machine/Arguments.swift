/// The arguments of one call of a builtin: a window on the caller's registers, valid until the builtin returns.
struct Arguments {
    /// The positional arguments, then the values of the named ones.
    let base: UnsafeMutablePointer<Value>

    /// How many are positional.
    let count: Int

    /// The names of the others, or nil.
    ///
    /// No name occurs twice.
    let names: UnsafeMutablePointer<NamesObject>?

    @inline(__always)
    init(base: UnsafeMutablePointer<Value>, count: Int, names: UnsafeMutablePointer<NamesObject>? = nil) {
        self.base = base
        self.count = count
        self.names = names
    }

    /// A positional argument.
    @inline(__always)
    subscript(index: Int) -> Value { base[index] }

    /// The positional arguments.
    var positional: UnsafeBufferPointer<Value> { UnsafeBufferPointer(start: base, count: count) }

    /// How many are named.
    var namedCount: Int {
        @inline(__always) get { names?.pointee.count ?? 0 }
    }

    /// The name (a string) and value of a named argument.
    func named(_ index: Int) -> (name: Value, value: Value) {
        guard let names else { return (.unbound, .unbound) }
        return (NamesObject.items(names)[index], base[count + index])
    }
}
