import BigInt

/// Integers of any size and floats together.
enum Numbers {
    /// The order of two numbers: negative, zero or positive.
    ///
    /// NaN is equal to itself and greater than all others.
    static func compare(_ left: Value, _ right: Value) -> Int {
        if Value.areSmall(left, right) { return left.small < right.small ? -1 : left.small > right.small ? 1 : 0 }
        switch (left.isFloat, right.isFloat) {
        case (true, true): return compare(left.float, right.float)
        case (true, false): return -compare(integer: right, float: left.float)
        case (false, true): return compare(integer: left, float: right.float)
        case (false, false): return compareIntegers(left, right)
        }
    }

    /// As `compare`; charges the comparison of long integers.
    @inline(__always)
    static func compare(_ left: Value, _ right: Value, _ machine: Machine) throws(StarlarkError) -> Int {
        if left.isObject(.integer), right.isObject(.integer) {
            try machine.spend(min(left.bigInteger.pointee.count, right.bigInteger.pointee.count) >> 4)
        } else if left.isObject(.integer) || right.isObject(.integer) {
            // With a float: both are taken apart.
            let long = left.isObject(.integer) ? left : right
            try machine.spend(long.bigInteger.pointee.count >> 1)
        }
        return compare(left, right)
    }

    private static func compare(_ left: Double, _ right: Double) -> Int {
        if left < right { return -1 }
        if left > right { return 1 }
        if left == right { return 0 }
        return (left.isNaN ? 1 : 0) - (right.isNaN ? 1 : 0)
    }

    private static func compare(integer: Value, float: Double) -> Int {
        if float.isNaN { return -1 }
        if float.isInfinite { return float < 0 ? 1 : -1 }
        if integer.isSmall {
            if abs(float) < 0x1p62 {
                let whole = Int(float.rounded(.towardZero))
                if integer.small != whole { return integer.small < whole ? -1 : 1 }
                return compare(Double(whole), float)
            }
            return float < 0 ? 1 : -1
        }
        let whole = BigInt(float.rounded(.towardZero))
        let exact = bigInteger(integer)
        if exact != whole { return exact < whole ? -1 : 1 }
        return 0
    }

    private static func compareIntegers(_ left: Value, _ right: Value) -> Int {
        // An integer object is beyond every small integer.
        let leftNegative = isNegative(left)
        if leftNegative != isNegative(right) { return leftNegative ? -1 : 1 }
        let sign = leftNegative ? -1 : 1
        if left.isSmall { return -sign }
        if right.isSmall { return sign }
        let first = IntegerObject.buffer(left.bigInteger)
        let second = IntegerObject.buffer(right.bigInteger)
        if first.count != second.count { return first.count < second.count ? -sign : sign }
        var index = first.count - 1
        while index >= 0 {
            if first[index] != second[index] { return first[index] < second[index] ? -sign : sign }
            index -= 1
        }
        return 0
    }

    static func isNegative(_ integer: Value) -> Bool {
        integer.isSmall ? integer.small < 0 : integer.header.pointee.flags != 0
    }

    /// An integer for a message; a very long one is described.
    static func text(_ value: Value) -> String {
        if value.isSmall { return "\(value.small)" }
        let count = value.bigInteger.pointee.count
        return count <= 16 ? "\(bigInteger(value))" : "integer of \(count * 64) bits"
    }

    /// An integer when it fits 64 bits.
    static func integer(_ value: Value) -> Int? {
        if value.isSmall { return value.small }
        return value.bigInteger.pointee.count == 1 ? Int(exactly: bigInteger(value)) : nil
    }

    /// Any integer as a `BigInt`: for few limbs.
    static func bigInteger(_ value: Value) -> BigInt {
        if value.isSmall { return BigInt(value.small) }
        let magnitude = BigUInt(words: IntegerObject.buffer(value.bigInteger))
        return BigInt(sign: value.header.pointee.flags != 0 ? .minus : .plus, magnitude: magnitude)
    }
}
