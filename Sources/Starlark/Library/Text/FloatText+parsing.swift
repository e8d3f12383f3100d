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
