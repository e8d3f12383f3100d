/// `abs`, `bool`, `int`, `float`.
enum NumberFunctions {
    static let all: [Builtin] = [
        Builtin("abs", abs),
        Builtin("bool", bool),
        Builtin("float", float),
        Builtin("int", int),
    ]

    static func abs(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "abs")
        let value = arguments[0]
        switch value.kind {
        case .float: return try machine.heap.float(value.float.magnitude)
        case .integer:
            if !Numbers.isNegative(value) { return value }
            if value.isSmall { return try machine.heap.integer(-value.small) }
            return try machine.heap.integer(negative: false, limbs: IntegerObject.buffer(value.bigInteger))
        default: throw StarlarkError(.evaluation, "abs: got \(value.typeName), want int or float")
        }
    }

    static func bool(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0...1, "bool")
        return Value(arguments.count == 1 && machine.isTrue(arguments[0]))
    }

    static func float(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0...1, "float")
        guard arguments.count == 1 else { return try machine.heap.float(0) }
        let value = arguments[0]
        switch value.kind {
        case .bool: return try machine.heap.float(value.isTrue ? 1 : 0)
        case .float: return value
        case .integer: return try machine.heap.float(NumberText.finiteFloat(value))
        case .string:
            try machine.spend(bytes: value.string.count)
            return try machine.heap.float(FloatText.parse(value.bytes))
        default: throw StarlarkError(.evaluation, "float: got \(value.typeName), want number or string")
        }
    }

    private static let intSignature = Signature("int", ["x", "base"], required: 1)

    static func int(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        let bound = try intSignature.bind(arguments)
        let value = bound[0]
        if value.isObject(.string) { return try IntegerText.parse(value, base: base(bound[1]), machine) }
        guard bound[1].isUnbound else {
            throw StarlarkError(.evaluation, "int: can't convert non-string with explicit base")
        }
        if value.isBool { return Value(small: value.isTrue ? 1 : 0) }
        return try NumberText.integer(value, machine, "int")
    }

    private static func base(_ value: Value) throws(StarlarkError) -> Int {
        if value.isUnbound { return 10 }
        guard value.kind == .integer else {
            throw StarlarkError(.evaluation, "int: for base, got \(value.typeName), want int")
        }
        guard value.isSmall, value.small == 0 || (2...36).contains(value.small) else {
            throw StarlarkError(.evaluation, "int: base must be an integer >= 2 && <= 36")
        }
        return value.small
    }
}
