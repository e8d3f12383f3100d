/// `format % arguments`.
enum StringInterpolation {
    static func interpolate(
        _ machine: Machine, _ format: Value, _ arguments: Value
    ) throws(StarlarkError) -> Value {
        throw StarlarkError(.evaluation, "string interpolation")
    }
}
