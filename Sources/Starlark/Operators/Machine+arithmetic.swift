/// The operators for what the loop does not do itself.
extension Machine {
    /// `left operation right`.
    ///
    /// The flags of the instruction tell which operands are the results of arithmetic that nothing else refers to.
    @inline(never)
    func binary(
        _ operation: BinaryOperation, _ left: Value, _ right: Value, _ flags: UInt8 = 0
    ) throws(StarlarkError) -> Value {
        let kind = left.kind
        let other = right.kind
        if kind == .integer || kind == .float, other == .integer || other == .float,
            let result = try arithmetic(operation, left, right, flags)
        {
            return result
        }
        if let result = try containers(operation, left, right) { return result }
        for value in [left, right] where value.kind == .native {
            let type = value.native.type.takeUnretainedValue()
            if let result = try type.binary(self, operation, left, right) { return result }
        }
        throw StarlarkError(
            .evaluation, "unknown binary op: \(left.typeName) \(operation.text) \(right.typeName)")
    }

    /// Numbers; nil when the operation is not for them.
    private func arithmetic(
        _ operation: BinaryOperation, _ left: Value, _ right: Value, _ flags: UInt8
    ) throws(StarlarkError) -> Value? {
        if left.kind == .integer, right.kind == .integer {
            let result = try ShortInteger.result(operation, left, right, flags, heap)
            return result.isUnbound ? try integers(operation, left, right) : result
        }
        switch operation {
        case .add: return try heap.float(number(left) + number(right))
        case .subtract: return try heap.float(number(left) - number(right))
        case .multiply: return try heap.float(number(left) * number(right))
        case .divide: return try quotient(left, right)
        case .floorDivide:
            let divisor = try number(right)
            if divisor == 0 { throw StarlarkError(.evaluation, "floored division by zero") }
            return try heap.float((number(left) / divisor).rounded(.down))
        case .modulo:
            let divisor = try number(right)
            if divisor == 0 { throw StarlarkError(.evaluation, "floating-point modulo by zero") }
            var rest = try number(left).truncatingRemainder(dividingBy: divisor)
            if rest != 0, (rest < 0) != (divisor < 0) { rest += divisor }
            return try heap.float(rest)
        default: return nil
        }
    }

    private func quotient(_ left: Value, _ right: Value) throws(StarlarkError) -> Value {
        let divisor = try number(right)
        if divisor == 0 { throw StarlarkError(.evaluation, "floating-point division by zero") }
        return try heap.float(number(left) / divisor)
    }

    private func integers(
        _ operation: BinaryOperation, _ left: Value, _ right: Value
    ) throws(StarlarkError) -> Value? {
        switch operation {
        case .add: return try IntegerArithmetic.add(left, right, self)
        case .subtract: return try IntegerArithmetic.add(left, right, subtracting: true, self)
        case .multiply: return try IntegerArithmetic.multiply(left, right, self)
        case .divide: return try quotient(left, right)
        case .floorDivide:
            if right.isSmall, right.small == 0 { throw StarlarkError(.evaluation, "floored division by zero") }
            return try IntegerArithmetic.divide(left, right, wantsRemainder: false, self)
        case .modulo:
            if right.isSmall, right.small == 0 { throw StarlarkError(.evaluation, "integer modulo by zero") }
            return try IntegerArithmetic.divide(left, right, wantsRemainder: true, self)
        case .and: return try IntegerArithmetic.bits(.and, left, right, self)
        case .or: return try IntegerArithmetic.bits(.or, left, right, self)
        case .xor: return try IntegerArithmetic.bits(.xor, left, right, self)
        case .shiftLeft: return try shifted(left, right)
        case .shiftRight:
            let count = try shiftCount(right)
            return try IntegerArithmetic.shiftRight(left, count, self)
        }
    }

    private func shifted(_ left: Value, _ right: Value) throws(StarlarkError) -> Value {
        let count = try shiftCount(right)
        guard count <= IntegerArithmetic.shiftMax else {
            throw StarlarkError(.evaluation, "shift count too large: \(count)")
        }
        return try IntegerArithmetic.shiftLeft(left, count, self)
    }

    private func shiftCount(_ value: Value) throws(StarlarkError) -> Int {
        guard value.isSmall, Int32(exactly: value.small) != nil else {
            throw StarlarkError(.evaluation, "shift count too large: \(Numbers.text(value))")
        }
        if value.small < 0 { throw StarlarkError(.evaluation, "negative shift count: \(value.small)") }
        return value.small
    }

    /// A number as a float.
    ///
    /// - Throws: `.evaluation` for an integer beyond the range of floats.
    func number(_ value: Value) throws(StarlarkError) -> Double {
        if value.isSmall { return Double(value.small) }
        if value.isFloat { return value.float }
        let number = NumberText.float(value)
        if number.isInfinite { throw StarlarkError(.evaluation, "int too large to convert to float") }
        return number
    }

    /// `-x`, `+x`, `~x`.
    @inline(never)
    func unary(_ operation: Opcode, _ value: Value) throws(StarlarkError) -> Value {
        if value.kind == .integer {
            switch operation {
            case .negate: return try IntegerArithmetic.add(Value(small: 0), value, subtracting: true, self)
            case .plus: return value
            default: return try IntegerArithmetic.add(Value(small: -1), value, subtracting: true, self)
            }
        }
        if value.isFloat, operation != .invert {
            return operation == .negate ? try heap.float(-value.float) : value
        }
        let text = operation == .negate ? "-" : operation == .plus ? "+" : "~"
        throw StarlarkError(.evaluation, "unknown unary op: \(text) \(value.typeName)")
    }
}
