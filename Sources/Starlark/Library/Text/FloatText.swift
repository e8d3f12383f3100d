#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Floats as text.
enum FloatText {
    /// Writes a float.
    ///
    /// `g` and `G` give the fewest digits that denote the number, always with a point or an exponent; `e`, `f` and
    /// their capitals give six digits after the point.
    static func append(
        _ number: Double, conversion: UInt8 = UInt8(ascii: "g"), to builder: inout TextBuilder
    ) throws(StarlarkError) {
        guard number.isFinite else {
            return try builder.append(number.isNaN ? "nan" : number < 0 ? "-inf" : "+inf")
        }
        if conversion | 0x20 == UInt8(ascii: "g") {
            try appendShortest(number, exponent: conversion == UInt8(ascii: "g") ? 0x65 : 0x45, to: &builder)
        } else {
            try appendFixed(number, conversion, to: &builder)
        }
    }

    /// Six digits after the point, rounded exactly.
    private static func appendFixed(
        _ number: Double, _ conversion: UInt8, to builder: inout TextBuilder
    ) throws(StarlarkError) {
        let format =
            switch conversion {
            case UInt8(ascii: "e"): "%.6e"
            case UInt8(ascii: "E"): "%.6E"
            default: "%.6f"
            }
        // The largest number has 309 digits before the point.
        let room = 336
        let text = [CChar](unsafeUninitializedCapacity: room) { buffer, count in
            let written = withVaList([number]) { vsnprintf(buffer.baseAddress, room, format, $0) }
            count = min(Int(written), room - 1)
        }
        let target = try builder.extend(text.count)
        for (index, character) in text.enumerated() { target[index] = UInt8(bitPattern: character) }
    }

    private static func appendShortest(
        _ number: Double, exponent letter: UInt8, to builder: inout TextBuilder
    ) throws(StarlarkError) {
        let (digits, count, point) = shortest(number)
        if number.sign == .minus { try builder.append(UInt8(ascii: "-")) }
        let exponent = point - 1
        if exponent < -4 || exponent >= decimalExponentMax {
            return try appendScientific(digits, count, exponent, letter, to: &builder)
        }
        try appendDecimal(digits, count, point, to: &builder)
    }

    /// From 10 to this power on the exponent is written.
    private static let decimalExponentMax = 6

    private static func appendScientific(
        _ digits: InlineArray<24, UInt8>, _ count: Int, _ exponent: Int, _ letter: UInt8, to builder: inout TextBuilder
    ) throws(StarlarkError) {
        try builder.append(digits[0])
        if count > 1 { try builder.append(UInt8(ascii: ".")) }
        for index in 1..<max(1, count) { try builder.append(digits[index]) }
        try builder.append(letter)
        try builder.append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        if abs(exponent) < 10 { try builder.append(UInt8(ascii: "0")) }
        try IntegerText.append(abs(exponent), to: &builder)
    }

    private static func appendDecimal(
        _ digits: InlineArray<24, UInt8>, _ count: Int, _ point: Int, to builder: inout TextBuilder
    ) throws(StarlarkError) {
        if point <= 0 {
            try builder.append("0.")
            for _ in point..<0 { try builder.append(UInt8(ascii: "0")) }
        }
        for index in 0..<max(count, point) {
            if index == point, index > 0 { try builder.append(UInt8(ascii: ".")) }
            try builder.append(index < count ? digits[index] : UInt8(ascii: "0"))
        }
        if count <= point { try builder.append(".0") }
    }

    /// The fewest digits that denote a number, how many they are, and where the point stands among them.
    private static func shortest(_ number: Double) -> (digits: InlineArray<24, UInt8>, count: Int, point: Int) {
        var digits = InlineArray<24, UInt8>(repeating: UInt8(ascii: "0"))
        var count = 0
        var point: Int?
        var exponent = 0
        var seen = 0
        var text = number.magnitude.description
        text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count, bytes[index] | 0x20 != UInt8(ascii: "e") {
                if bytes[index] == UInt8(ascii: ".") {
                    point = seen
                } else {
                    if count > 0 || bytes[index] != UInt8(ascii: "0") {
                        digits[count] = bytes[index]
                        count += 1
                    } else {
                        exponent -= 1
                    }
                    seen += 1
                }
                index += 1
            }
            if index < bytes.count {
                exponent += Int(String(decoding: bytes[(index + 1)...], as: UTF8.self)) ?? 0
            }
        }
        while count > 1, digits[count - 1] == UInt8(ascii: "0") { count -= 1 }
        if count == 0 { return (digits, 1, 1) }
        return (digits, count, (point ?? seen) + exponent)
    }
}

extension FloatText {
    /// What `float(text)` makes of a string.
    ///
    /// - Throws: `.evaluation` when it denotes no float.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(StarlarkError) -> Double {
        guard let last = bytes.last else { throw StarlarkError(.evaluation, "float: empty string") }
        let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
        if !(0x30...0x39).contains(last), last != UInt8(ascii: ".") {
            switch text.lowercased() {
            case "inf", "+inf", "infinity", "+infinity": return .infinity
            case "-inf", "-infinity": return -.infinity
            case "nan", "+nan", "-nan": return .nan
            default: break
            }
        }
        guard isDecimal(bytes), bytes.count <= 4096, let number = Double(text) ?? Double(text + "0") else {
            throw StarlarkError(.evaluation, "float: invalid float literal: \(text.prefix(100))")
        }
        guard number.isFinite else { throw StarlarkError(.evaluation, "float: floating-point number too large") }
        return number
    }

    /// Whether text is digits with at most a sign, a point and an exponent.
    static func isDecimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        func skipSign() {
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                index += 1
            }
        }
        func skipDigits() -> Int {
            let start = index
            while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 { index += 1 }
            return index - start
        }
        skipSign()
        var digits = skipDigits()
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            digits += skipDigits()
        }
        guard digits > 0 else { return false }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            skipSign()
            guard skipDigits() > 0 else { return false }
        }
        return index == bytes.count
    }
}
