extension StringMethods {
    static let views: [Builtin] = [
        Builtin("codepoint_ords", codepointOrds),
        Builtin("codepoints", codepoints),
        Builtin("elem_ords", elemOrds),
        Builtin("elems", elems),
    ]

    static func codepointOrds(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, "codepoint_ords")
        return try machine.heap.view(receiver, part: .codepointOrdinals)
    }

    static func codepoints(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, "codepoints")
        return try machine.heap.view(receiver, part: .codepoints)
    }

    static func elemOrds(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, "elem_ords")
        return try machine.heap.view(receiver, part: .elementOrdinals)
    }

    static func elems(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, "elems")
        return try machine.heap.view(receiver, part: .elements)
    }
}
