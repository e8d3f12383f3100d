#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The module `math`.
enum MathModule {
    static let constants: [(String, Double)] = [("e", M_E), ("pi", Double.pi)]

    static let functions: [Builtin] = [
        Builtin("ceil", roundUp),
        Builtin("floor", roundDown),
        Builtin("log", logarithm),
        unary("fabs") { $0.magnitude },
        unary("round") { $0.rounded(.toNearestOrAwayFromZero) },
        unary("exp") { exp($0) },
        unary("sqrt") { $0.squareRoot() },
        unary("acos") { acos($0) },
        unary("asin") { asin($0) },
        unary("atan") { atan($0) },
        unary("cos") { cos($0) },
        unary("sin") { sin($0) },
        unary("tan") { tan($0) },
        unary("degrees") { 360 * $0 / (2 * Double.pi) },
        unary("radians") { 2 * Double.pi * $0 / 360 },
        unary("acosh") { acosh($0) },
        unary("asinh") { asinh($0) },
        unary("atanh") { atanh($0) },
        unary("cosh") { cosh($0) },
        unary("sinh") { sinh($0) },
        unary("tanh") { tanh($0) },
        unary("gamma") { tgamma($0) },
        binary("atan2") { atan2($0, $1) },
        binary("copysign") { Double(signOf: $1, magnitudeOf: $0) },
        binary("hypot") { hypot($0, $1) },
        binary("mod") { fmod($0, $1) },
        binary("pow") { pow($0, $1) },
        binary("remainder") { remainder($0, $1) },
    ]

    private static func unary(_ name: StaticString, _ function: @escaping @Sendable (Double) -> Double) -> Builtin {
        Builtin("\(name)") { machine, _, arguments throws(StarlarkError) in
            try arguments.requirePositional(1, name)
            return try machine.heap.float(function(number(arguments, 0, name)))
        }
    }

    private static func binary(
        _ name: StaticString, _ function: @escaping @Sendable (Double, Double) -> Double
    ) -> Builtin {
        Builtin("\(name)") { machine, _, arguments throws(StarlarkError) in
            try arguments.requirePositional(2, name)
            return try machine.heap.float(function(number(arguments, 0, name), number(arguments, 1, name)))
        }
    }

    /// An argument as a float.
    private static func number(
        _ arguments: Arguments, _ index: Int, _ function: StaticString
    ) throws(StarlarkError) -> Double {
        let value = arguments[index]
        guard value.kind == .integer || value.kind == .float else {
            throw StarlarkError(
                .evaluation,
                "\(function): for parameter \(index + 1): got \(value.typeName), want float or int")
        }
        return NumberText.float(value)
    }

    static func logarithm(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1...2, "log")
        let value = try number(arguments, 0, "log")
        guard arguments.count == 2 else { return try machine.heap.float(log(value)) }
        let base = try number(arguments, 1, "log")
        if base == 1 { throw StarlarkError(.evaluation, "log: division by zero") }
        return try machine.heap.float(log(value) / Glibc.log(base))
    }

    static func roundUp(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try rounded(machine, arguments, "ceil", .up)
    }

    static func roundDown(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try rounded(machine, arguments, "floor", .down)
    }

    private static func rounded(
        _ machine: Machine, _ arguments: Arguments, _ function: StaticString, _ rule: FloatingPointRoundingRule
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, function)
        let value = arguments[0]
        switch value.kind {
        case .integer: return value
        case .float: return try NumberText.integer(value.float.rounded(rule), machine, "\(function)")
        default:
            throw StarlarkError(.evaluation, "\(function): got \(value.typeName), want float or int")
        }
    }
}
