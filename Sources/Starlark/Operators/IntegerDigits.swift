/// Integers beyond a machine word from and to digits.
///
/// The time grows with the square of the length; work is charged piece by piece.
enum IntegerDigits {
    /// Writes an integer object in a radix from 2 to 36.
    static func append(
        _ value: Value, radix: Int, isUpper: Bool, to builder: inout TextBuilder, _ machine: Machine
    ) throws(StarlarkError) {
        let source = IntegerObject.buffer(value.bigInteger)
        let (divisor, width) = largestPower(radix)
        let rest = try LimbScratch(machine, count: source.count)
        defer { rest.free() }
        if let base = source.baseAddress { rest.limbs.update(from: base, count: source.count) }
        // Eight digits a word, and no radix needs more than 64 digits for a limb.
        let digits = try LimbScratch(machine, count: source.count * (64 / radix.leadingBits + 2) / 8 + 16)
        defer { digits.free() }
        let text = UnsafeMutableRawPointer(digits.limbs).assumingMemoryBound(to: UInt8.self)
        var end = digits.count * 8
        var length = source.count
        while length > 0 {
            try machine.spend(length)
            var piece = IntegerDivision.divide(
                UnsafeBufferPointer(start: rest.limbs, count: length), by: divisor, quotient: rest.limbs)
            while length > 0, rest.limbs[length - 1] == 0 { length -= 1 }
            var written = 0
            while piece > 0 || (written < width && length > 0) {
                end -= 1
                written += 1
                text[end] = letter(Int(piece % UInt(radix)), isUpper)
                piece /= UInt(radix)
            }
        }
        if Numbers.isNegative(value) { try builder.append(UInt8(ascii: "-")) }
        try builder.append(UnsafeBufferPointer(start: text + end, count: digits.count * 8 - end))
    }

    /// The integer that valid digits denote.
    static func value(
        _ digits: UnsafeBufferPointer<UInt8>, radix: Int, isNegative: Bool, _ machine: Machine
    ) throws(StarlarkError) -> Value {
        let (power, width) = largestPower(radix)
        let result = try IntegerBuilder(machine, count: digits.count / width + 2)
        result.limbs.update(repeating: 0, count: digits.count / width + 2)
        var length = 0
        var start = 0
        // The first piece takes what does not fill one.
        var size = digits.count % width == 0 ? width : digits.count % width
        while start < digits.count {
            try machine.spend(length >> 3)
            var carry: UInt = 0
            for byte in digits[start..<(start + size)] { carry = carry * UInt(radix) + UInt(digitValue(byte)) }
            for index in 0..<length {
                let product = power.multipliedFullWidth(by: result.limbs[index])
                let (sum, over) = product.low.addingReportingOverflow(carry)
                result.limbs[index] = sum
                carry = product.high &+ (over ? 1 : 0)
            }
            if carry != 0 {
                result.limbs[length] = carry
                length += 1
            }
            start += size
            size = width
        }
        return result.finish(isNegative: isNegative)
    }

    /// The largest power of the radix that fits a limb, and its exponent.
    private static func largestPower(_ radix: Int) -> (UInt, Int) {
        var power = UInt(radix)
        var exponent = 1
        while true {
            let (next, overflow) = power.multipliedReportingOverflow(by: UInt(radix))
            if overflow { return (power, exponent) }
            power = next
            exponent += 1
        }
    }

    private static func letter(_ digit: Int, _ isUpper: Bool) -> UInt8 {
        digit < 10 ? UInt8(0x30 + digit) : UInt8((isUpper ? 0x41 : 0x61) + digit - 10)
    }

    private static func digitValue(_ byte: UInt8) -> Int {
        byte <= 0x39 ? Int(byte) - 0x30 : Int(byte | 0x20) - 0x61 + 10
    }
}

extension Int {
    /// Bits that one digit of this radix stands for, rounded down.
    fileprivate var leadingBits: Int { Int.bitWidth - 1 - leadingZeroBitCount }
}
