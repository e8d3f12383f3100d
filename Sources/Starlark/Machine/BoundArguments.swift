/// The arguments of a call in the order of a `Signature`'s parameters; unbound where none was given.
struct BoundArguments {
    private var values: InlineArray<8, Value> = .init(repeating: .unbound)

    static let countMax = 8

    subscript(index: Int) -> Value {
        @inline(__always) get { values[index] }
        @inline(__always) set { values[index] = newValue }
    }
}
