/// Floats in decimal.
enum FloatText {
    /// The shortest text that reads back as the same number, always with a point or an exponent: as Go's `%g`.
    static func shortest(_ number: Double) -> String {
        if number.isNaN { return "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "+inf" }
        let sign = number.sign == .minus ? "-" : ""
        if number == 0 { return sign + "0.0" }
        // Here Swift's text is the same.
        if number.magnitude >= 1e-4, number.magnitude < 1e6 { return number.description }
        let (digits, exponent) = digits(number.magnitude)
        return sign + layOut(digits, exponent)
    }

    /// The shortest significant digits, and the exponent of ten of the first one.
    static func digits(_ number: Double) -> (digits: [UInt8], exponent: Int) {
        var digits: [UInt8] = []
        var exponent = 0
        var pointAt: Int?
        var text = Array(number.description.utf8)[...]
        while let byte = text.popFirst() {
            switch byte {
            case UInt8(ascii: "."): pointAt = digits.count
            case UInt8(ascii: "e"):
                exponent = Int(String(decoding: text.drop { $0 == UInt8(ascii: "+") }, as: UTF8.self)) ?? 0
                text = []
            default: digits.append(byte)
            }
        }
        exponent += (pointAt ?? digits.count) - 1
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(zeros)
        exponent -= zeros
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, exponent)
    }

    private static func layOut(_ digits: [UInt8], _ exponent: Int) -> String {
        let text = String(decoding: digits, as: UTF8.self)
        if exponent < -4 || exponent >= exponentMin {
            let first = text.prefix(1)
            let rest = text.dropFirst()
            let magnitude = String(exponent.magnitude)
            let padded = magnitude.count < 2 ? "0" + magnitude : magnitude
            return first + (rest.isEmpty ? "" : "." + rest) + "e" + (exponent < 0 ? "-" : "+") + padded
        }
        if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + text }
        if digits.count <= exponent + 1 {
            return text + String(repeating: "0", count: exponent + 1 - digits.count) + ".0"
        }
        return text.prefix(exponent + 1) + "." + text.dropFirst(exponent + 1)
    }

    /// From this exponent on, the form with an exponent is used.
    private static let exponentMin = 6
}
