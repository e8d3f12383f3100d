/// Integer arithmetic beyond small operands or results.
///
/// Room for the result is taken from the heap, and work is charged, before anything is computed.
enum IntegerArithmetic {
    static func add(
        _ left: Value, _ right: Value, subtracting: Bool = false, _ machine: Machine
    ) throws(StarlarkError) -> Value {
        try IntegerView.with(left, right) { (one, two) throws(StarlarkError) in
            let rightNegative = two.isNegative != subtracting
            let count = max(one.limbs.count, two.limbs.count) + 1
            let result = try IntegerBuilder(machine, count: count)
            if one.isNegative == rightNegative {
                result.add(one.limbs, two.limbs)
                return result.finish(isNegative: one.isNegative)
            }
            if Limbs.compare(one.limbs, two.limbs) >= 0 {
                result.subtract(one.limbs, two.limbs)
                return result.finish(isNegative: one.isNegative)
            }
            result.subtract(two.limbs, one.limbs)
            return result.finish(isNegative: rightNegative)
        }
    }

    static func multiply(_ left: Value, _ right: Value, _ machine: Machine) throws(StarlarkError) -> Value {
        try IntegerView.with(left, right) { (one, two) throws(StarlarkError) in
            let result = try IntegerBuilder(machine, count: one.limbs.count + two.limbs.count)
            try result.multiply(one.limbs, two.limbs, machine)
            return result.finish(isNegative: one.isNegative != two.isNegative)
        }
    }

    /// Division rounded down, or its remainder, which has the divisor's sign.
    ///
    /// The divisor is not 0.
    static func divide(
        _ left: Value, _ right: Value, wantsRemainder: Bool, _ machine: Machine
    ) throws(StarlarkError) -> Value {
        if left.isSmall, right.isSmall {
            let (quotient, remainder) = floorDivide(left.small, right.small)
            return wantsRemainder ? Value(small: remainder) : try machine.heap.integer(quotient)
        }
        return try IntegerView.with(left, right) { (one, two) throws(StarlarkError) in
            if Limbs.compare(one.limbs, two.limbs) >= 0 {
                return try divide(one, two, wantsRemainder: wantsRemainder, machine)
            }
            if one.limbs.isEmpty || one.isNegative == two.isNegative { return wantsRemainder ? left : Value(small: 0) }
            return wantsRemainder ? try add(left, right, machine) : Value(small: -1)
        }
    }

    /// The same where the dividend's magnitude is not less than the divisor's.
    private static func divide(
        _ one: IntegerView, _ two: IntegerView, wantsRemainder: Bool, _ machine: Machine
    ) throws(StarlarkError) -> Value {
        let isNegative = one.isNegative != two.isNegative
        let lengths = (quotient: one.limbs.count - two.limbs.count + 2, remainder: two.limbs.count)
        // What is not wanted is made last, so that its room can be given back.
        let wanted = try IntegerBuilder(machine, count: wantsRemainder ? lengths.remainder : lengths.quotient)
        let other = try IntegerBuilder(machine, count: wantsRemainder ? lengths.quotient : lengths.remainder)
        let (quotient, remainder) = wantsRemainder ? (other, wanted) : (wanted, other)
        quotient.limbs[lengths.quotient - 1] = 0
        try IntegerDivision.divide(
            one.limbs, two.limbs, quotient: quotient.limbs, remainder: remainder.limbs, machine)
        if isNegative, (0..<lengths.remainder).contains(where: { remainder.limbs[$0] != 0 }) {
            quotient.increment()
            remainder.complement(two.limbs)
        }
        other.discard()
        return wanted.finish(isNegative: wantsRemainder ? two.isNegative : isNegative)
    }

    /// Division of machine words rounded down; the divisor is not 0.
    @inline(__always)
    static func floorDivide(_ left: Int, _ right: Int) -> (quotient: Int, remainder: Int) {
        // Small integers have 63 bits, so this cannot overflow.
        var (quotient, remainder) = left.quotientAndRemainder(dividingBy: right)
        if remainder != 0, (remainder < 0) != (right < 0) {
            quotient -= 1
            remainder += right
        }
        return (quotient, remainder)
    }

    enum BitOperation {
        case and
        case or
        case xor
    }

    /// Bits as of two's complement of unlimited length.
    static func bits(
        _ operation: BitOperation, _ left: Value, _ right: Value, _ machine: Machine
    ) throws(StarlarkError) -> Value {
        try IntegerView.with(left, right) { (one, two) throws(StarlarkError) in
            let count = max(one.limbs.count, two.limbs.count) + 1
            let result = try IntegerBuilder(machine, count: count)
            var first = TwosComplement(one)
            var second = TwosComplement(two)
            for index in 0..<count {
                let a = first.limb(index)
                let b = second.limb(index)
                result.limbs[index] =
                    switch operation {
                    case .and: a & b
                    case .or: a | b
                    case .xor: a ^ b
                    }
            }
            let isNegative = result.limbs[count - 1] >> 63 != 0
            if isNegative { result.negate() }
            return result.finish(isNegative: isNegative)
        }
    }

    /// `left << count`; the count is at most `shiftMax`.
    static func shiftLeft(_ left: Value, _ count: Int, _ machine: Machine) throws(StarlarkError) -> Value {
        try IntegerView.with(left, Value(small: 0)) { (one, _) throws(StarlarkError) in
            if one.limbs.isEmpty { return Value(small: 0) }
            let result = try IntegerBuilder(machine, count: one.limbs.count + count / 64 + 1)
            result.shiftLeft(one.limbs, count)
            return result.finish(isNegative: one.isNegative)
        }
    }

    /// `left >> count`, rounded down.
    static func shiftRight(_ left: Value, _ count: Int, _ machine: Machine) throws(StarlarkError) -> Value {
        if left.isSmall { return Value(small: left.small >> min(count, 63)) }
        return try IntegerView.with(left, Value(small: 0)) { (one, _) throws(StarlarkError) in
            let words = count / 64
            try machine.spend(one.limbs.count >> 4)
            if words >= one.limbs.count { return Value(small: one.isNegative ? -1 : 0) }
            let result = try IntegerBuilder(machine, count: one.limbs.count - words + 1)
            let lost = result.shiftRight(one.limbs, count)
            if one.isNegative, lost { result.increment() }
            return result.finish(isNegative: one.isNegative)
        }
    }

    /// As in Go: no shift to the left makes more than this many new bits.
    static let shiftMax = 511

    /// Reads a sign and magnitude as two's complement, limb after limb from the least.
    private struct TwosComplement {
        let view: IntegerView
        var carry: UInt

        init(_ view: IntegerView) {
            self.view = view
            carry = view.isNegative ? 1 : 0
        }

        mutating func limb(_ index: Int) -> UInt {
            let limb = index < view.limbs.count ? view.limbs[index] : 0
            guard view.isNegative else { return limb }
            let (sum, overflow) = (~limb).addingReportingOverflow(carry)
            carry = overflow ? 1 : 0
            return sum
        }
    }
}
