import BigInt

/// Conversions between numbers.
enum NumberText {
    /// An integer as a float.
    ///
    /// - Throws: `.evaluation` when it is too large.
    static func finiteFloat(_ value: Value) throws(StarlarkError) -> Double {
        if value.isSmall { return Double(value.small) }
        let number = float(value)
        guard number.isFinite else { throw StarlarkError(.evaluation, "int too large to convert to float") }
        return number
    }

    /// An integer or float as a float; an integer beyond the range becomes infinite.
    static func float(_ value: Value) -> Double {
        if value.isSmall { return Double(value.small) }
        if value.isFloat { return value.float }
        let limbs = IntegerObject.buffer(value.bigInteger)
        guard limbs.count <= 17 else { return Numbers.isNegative(value) ? -.infinity : .infinity }
        return Double(Numbers.bigInteger(value))
    }

    /// An integer, or a float with its fraction cut off, as an integer.
    ///
    /// - Throws: `.evaluation` for another type, infinity and NaN.
    static func integer(_ value: Value, _ machine: Machine, _ function: String) throws(StarlarkError) -> Value {
        if value.kind == .integer { return value }
        guard value.isFloat else {
            throw StarlarkError(.evaluation, "\(function): cannot convert \(value.typeName) to int")
        }
        return try integer(value.float, machine, function)
    }

    /// A float with its fraction cut off.
    static func integer(_ number: Double, _ machine: Machine, _ function: String) throws(StarlarkError) -> Value {
        if let whole = Int(exactly: number.rounded(.towardZero)) { return try machine.heap.integer(whole) }
        guard number.isFinite else {
            let what = number.isNaN ? "NaN" : "infinity"
            throw StarlarkError(.evaluation, "\(function): cannot convert float \(what) to integer")
        }
        let magnitude = BigUInt(number.magnitude)
        return try machine.heap.integer(negative: number < 0, magnitude: Array(magnitude.words))
    }
}
