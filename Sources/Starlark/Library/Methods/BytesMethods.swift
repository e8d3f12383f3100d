/// The methods of bytes.
enum BytesMethods {
    static let all: [Builtin] = [Builtin("elems", elems)]

    static func elems(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, "elems")
        return try machine.heap.view(receiver, part: .elementOrdinals)
    }
}
