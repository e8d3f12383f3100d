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

    /// An integer or float as the nearest float; an integer beyond the range becomes infinite.
    static func float(_ value: Value) -> Double {
        if value.isSmall { return Double(value.small) }
        if value.isFloat { return value.float }
        let magnitude = float(IntegerObject.buffer(value.bigInteger))
        return Numbers.isNegative(value) ? -magnitude : magnitude
    }

    /// A magnitude, its last limb not 0, rounded to the nearest float and to even.
    private static func float(_ limbs: UnsafeBufferPointer<UInt>) -> Double {
        guard let high = limbs.last else { return 0 }
        guard limbs.count > 1 else { return Double(high) }
        guard limbs.count <= 17 else { return .infinity }
        // The 64 leading bits hold enough to round correctly when the last one also stands for all bits below.
        let shift = high.leadingZeroBitCount
        let next = limbs[limbs.count - 2]
        var leading = shift == 0 ? high : high << UInt(shift) | next >> UInt(64 - shift)
        let isExact = (shift == 64 || next << UInt(shift) == 0) && limbs.dropLast(2).allSatisfy { $0 == 0 }
        if !isExact { leading |= 1 }
        let exponent = (limbs.count - 1) * 64 - shift
        return exponent > 1_023 ? .infinity : Double(leading) * Double(sign: .plus, exponent: exponent, significand: 1)
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
