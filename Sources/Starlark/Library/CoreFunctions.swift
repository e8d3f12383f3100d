/// The functions every file has.
enum CoreFunctions {
    static let all: [Builtin] = [
        Builtin("len", len),
        Builtin("range", range),
        Builtin("type", type),
    ]

    static func len(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "len")
        let value = arguments[0]
        switch value.kind {
        case .string, .bytes: return Value(small: value.string.count)
        case .tuple, .list, .dict, .set, .range: return Value(small: ValueIterator.countHint(value))
        default: throw StarlarkError(.evaluation, "len: value of type \(value.typeName) has no len")
        }
    }

    private static let rangeSignature = Signature("range", ["start", "stop", "step"], required: 1, positionalOnly: 3)

    static func range(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        let bound = try rangeSignature.bind(arguments)
        var numbers = (0, 0, 1)
        if bound[1].isUnbound {
            numbers.1 = try machine.index(bound[0], "range: stop")
        } else {
            numbers.0 = try machine.index(bound[0], "range: start")
            numbers.1 = try machine.index(bound[1], "range: stop")
            if !bound[2].isUnbound { numbers.2 = try machine.index(bound[2], "range: step") }
        }
        guard numbers.2 != 0 else { throw StarlarkError(.evaluation, "range: step argument must not be zero") }
        return try machine.heap.range(start: numbers.0, stop: numbers.1, step: numbers.2)
    }

    static func type(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "type")
        return try machine.heap.string(arguments[0].typeName)
    }
}
