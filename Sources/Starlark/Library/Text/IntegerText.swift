/// Integers of any size as text.
enum IntegerText {
    /// Writes an integer in a radix from 2 to 36.
    static func append(
        _ value: Value, radix: Int = 10, isUpper: Bool = false, to builder: inout TextBuilder, _ machine: Machine
    ) throws(StarlarkError) {
        if value.isSmall { return try append(value.small, radix: radix, isUpper: isUpper, to: &builder) }
        if radix & (radix - 1) == 0 {
            try machine.spend(value.bigInteger.pointee.count)
            return try appendBits(value, bitsPerDigit: radix.trailingZeroBitCount, isUpper: isUpper, to: &builder)
        }
        try IntegerDigits.append(value, radix: radix, isUpper: isUpper, to: &builder, machine)
    }

    /// Writes a large integer in a radix that is a power of two: in time proportional to its length.
    private static func appendBits(
        _ value: Value, bitsPerDigit: Int, isUpper: Bool, to builder: inout TextBuilder
    ) throws(StarlarkError) {
        let limbs = IntegerObject.buffer(value.bigInteger)
        let bits = limbs.count * 64 - (limbs.last?.leadingZeroBitCount ?? 0)
        let count = (bits + bitsPerDigit - 1) / bitsPerDigit
        if Numbers.isNegative(value) { try builder.append(UInt8(ascii: "-")) }
        let target = try builder.extend(count)
        for place in 0..<count {
            let bit = (count - 1 - place) * bitsPerDigit
            var digit = limbs[bit / 64] >> UInt(bit % 64)
            if bit % 64 + bitsPerDigit > 64, bit / 64 + 1 < limbs.count {
                digit |= limbs[bit / 64 + 1] << UInt(64 - bit % 64)
            }
            let number = UInt8(truncatingIfNeeded: digit & (1 << UInt(bitsPerDigit) - 1))
            target[place] = number < 10 ? 0x30 + number : (isUpper ? 0x41 : 0x61) + number - 10
        }
    }

    /// Writes a machine integer in a radix that is a power of two.
    private static func appendBits(
        _ number: Int, _ bitsPerDigit: Int, _ isUpper: Bool, to builder: inout TextBuilder
    ) throws(StarlarkError) {
        var rest = number.magnitude
        let count = max(1, (64 - rest.leadingZeroBitCount + bitsPerDigit - 1) / bitsPerDigit)
        let sign = number < 0 ? 1 : 0
        let target = try builder.extend(count + sign)
        if number < 0 { target[0] = UInt8(ascii: "-") }
        for place in stride(from: count - 1 + sign, through: sign, by: -1) {
            let digit = UInt8(truncatingIfNeeded: rest & (1 << UInt(bitsPerDigit) - 1))
            target[place] = digit < 10 ? 0x30 + digit : (isUpper ? 0x41 : 0x61) + digit - 10
            rest >>= UInt(bitsPerDigit)
        }
    }

    /// Writes a machine integer.
    static func append(
        _ number: Int, radix: Int = 10, isUpper: Bool = false, to builder: inout TextBuilder
    ) throws(StarlarkError) {
        if radix == 10 { return try builder.append(decimal: number) }
        if radix & (radix - 1) == 0 { return try appendBits(number, radix.trailingZeroBitCount, isUpper, to: &builder) }
        var digits = InlineArray<65, UInt8>(repeating: 0)
        var place = 65
        var rest = number.magnitude
        let base = UInt(radix)
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: base)
            place -= 1
            let letter: UInt8 = isUpper ? 0x41 : 0x61
            digits[place] = digit < 10 ? 0x30 + UInt8(digit) : letter + UInt8(digit) - 10
            rest = quotient
        } while rest != 0
        if number < 0 {
            place -= 1
            digits[place] = UInt8(ascii: "-")
        }
        let target = try builder.extend(65 - place)
        for index in place..<65 { target[index - place] = digits[index] }
    }
}

extension IntegerText {
    /// What `int(text, base)` makes of a string.
    ///
    /// - Throws: `.evaluation` when it is no integer literal of that base.
    static func parse(_ text: Value, base: Int, _ machine: Machine) throws(StarlarkError) -> Value {
        let bytes = text.bytes
        try machine.spend(bytes: bytes.count)
        var start = 0
        let isSigned = bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-")
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isSigned { start = 1 }
        guard let (radix, first) = prefix(bytes, from: start, base: base),
            let value = try digits(UnsafeBufferPointer(rebasing: bytes[first...]), radix, isNegative, machine)
        else {
            let literal = String(decoding: bytes.prefix(100), as: UTF8.self)
            throw StarlarkError(.evaluation, "int: invalid literal with base \(base): \(literal)")
        }
        return value
    }

    /// The radix, and where the digits begin; nil for a leading zero where the radix is to be found out.
    private static func prefix(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, base: Int) -> (Int, Int)? {
        guard bytes.count > start + 1, bytes[start] == UInt8(ascii: "0") else { return (base == 0 ? 10 : base, start) }
        let radix =
            switch bytes[start + 1] | 0x20 {
            case UInt8(ascii: "x"): 16
            case UInt8(ascii: "o"): 8
            case UInt8(ascii: "b"): 2
            default: 0
            }
        if radix != 0, bytes.count > start + 2 {
            return base == 0 || base == radix ? (radix, start + 2) : (base, start)
        }
        if base == 0 {
            return bytes[start...].allSatisfy { $0 == UInt8(ascii: "0") } ? (10, start) : nil
        }
        return (base, start)
    }

    private static func digits(
        _ bytes: UnsafeBufferPointer<UInt8>, _ radix: Int, _ isNegative: Bool, _ machine: Machine
    ) throws(StarlarkError) -> Value? {
        guard !bytes.isEmpty else { return nil }
        var number = 0
        for (index, byte) in bytes.enumerated() {
            guard let digit = digitValue(byte), digit < radix else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: radix)
            let (sum, carry) = product.addingReportingOverflow(digit)
            if overflow || carry { return try large(bytes, from: index, radix, isNegative, machine) }
            number = sum
        }
        return try machine.heap.integer(isNegative ? -number : number)
    }

    private static func large(
        _ bytes: UnsafeBufferPointer<UInt8>, from index: Int, _ radix: Int, _ isNegative: Bool, _ machine: Machine
    ) throws(StarlarkError) -> Value? {
        for byte in bytes[index...] {
            guard let digit = digitValue(byte), digit < radix else { return nil }
        }
        return try value(ofDigits: bytes, radix: radix, isNegative: isNegative, machine)
    }

    /// The integer that valid digits denote.
    static func value(
        ofDigits digits: UnsafeBufferPointer<UInt8>, radix: Int, isNegative: Bool, _ machine: Machine
    ) throws(StarlarkError) -> Value {
        if radix & (radix - 1) == 0 {
            let bytes = digits.count * radix.trailingZeroBitCount / 8 + 8
            try machine.heap.state.pointee.charge(bytes)
            defer { machine.heap.state.pointee.used -= bytes }
            let limbs = limbs(ofDigits: digits, bitsPerDigit: radix.trailingZeroBitCount)
            return try machine.heap.integer(negative: isNegative, magnitude: limbs)
        }
        return try IntegerDigits.value(digits, radix: radix, isNegative: isNegative, machine)
    }

    /// The magnitude that valid digits of a radix that is a power of two denote.
    private static func limbs(ofDigits bytes: UnsafeBufferPointer<UInt8>, bitsPerDigit: Int) -> [UInt] {
        var limbs = [UInt](repeating: 0, count: (bytes.count * bitsPerDigit + 63) / 64)
        for (place, byte) in bytes.reversed().enumerated() {
            let digit = UInt(digitValue(byte) ?? 0)
            let bit = place * bitsPerDigit
            limbs[bit / 64] |= digit << UInt(bit % 64)
            let rest = bit % 64 + bitsPerDigit - 64
            if rest > 0 { limbs[bit / 64 + 1] |= digit >> UInt(bitsPerDigit - rest) }
        }
        return limbs
    }

    private static func digitValue(_ byte: UInt8) -> Int? {
        if byte >= 0x30, byte <= 0x39 { return Int(byte) - 0x30 }
        let lower = byte | 0x20
        return lower >= 0x61 && lower <= 0x7A ? Int(lower) - 0x61 + 10 : nil
    }
}
