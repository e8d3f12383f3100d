extension Scanner {
    /// How many digits an integer literal may have: reading more would take long.
    static let integerDigitsMax = 65_536

    /// Reads an int or float literal that begins with a digit.
    mutating func scanNumber() {
        let start = position
        if peek() == UInt8(ascii: "0") {
            switch peek(1) | 0x20 {
            case UInt8(ascii: "x"): return scanRadix(16, "invalid hex literal")
            case UInt8(ascii: "o"): return scanRadix(8, "invalid octal literal")
            case UInt8(ascii: "b"): return scanRadix(2, "invalid binary literal")
            default: break
            }
        }
        skipDigits()
        let isExponent = peek() | 0x20 == UInt8(ascii: "e")
        if peek() == UInt8(ascii: ".") || isExponent { return scanFraction(from: start) }
        if position - start > 1, bytes[start] == UInt8(ascii: "0") { return scanLeadingZero(from: start) }
        finishInteger(start..<position, radix: 10, from: start)
    }

    /// Reads the rest of a float literal, from its point or exponent on.
    mutating func scanFraction(from start: Int) {
        if peek() == UInt8(ascii: ".") {
            position += 1
            skipDigits()
        }
        var isValid = true
        if peek() | 0x20 == UInt8(ascii: "e") {
            position += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            isValid = Scanner.isDigit(peek())
            skipDigits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let value = isValid ? Double(text.hasSuffix(".") ? text + "0" : text) : nil
        if let value, value.isFinite {
            return finish(.float, from: start, value: Int64(bitPattern: value.bitPattern))
        }
        report("invalid float literal", at: start)
        finish(.float, from: start)
    }

    private mutating func scanRadix(_ radix: Int, _ message: String) {
        let start = position
        position += 2
        let digits = position
        while let digit = Scanner.digitValue(peek()), digit < radix { position += 1 }
        if position == digits {
            report(message, at: start)
            return finish(.integer, from: start)
        }
        finishInteger(digits..<position, radix: radix, from: start)
    }

    private mutating func scanLeadingZero(from start: Int) {
        let digits = bytes[(start + 1)..<position]
        if digits.contains(where: { $0 != UInt8(ascii: "0") }) {
            let isOctal = digits.allSatisfy { $0 < UInt8(ascii: "8") }
            let text = String(decoding: digits.prefix(20), as: UTF8.self)
            let message = isOctal ? "obsolete form of octal literal; use 0o\(text)" : "invalid int literal"
            report(message, at: start)
        }
        finish(.integer, from: start)
    }

    private mutating func finishInteger(_ digits: Range<Int>, radix: Int, from start: Int) {
        var value: Int64 = 0
        for index in digits {
            let digit = Int64(Scanner.digitValue(bytes[index]) ?? 0)
            let (product, overflow) = value.multipliedReportingOverflow(by: Int64(radix))
            let (sum, carry) = product.addingReportingOverflow(digit)
            if overflow || carry { return finishBigInteger(digits, radix: radix, from: start) }
            value = sum
        }
        finish(.integer, from: start, value: value)
    }

    private mutating func finishBigInteger(_ digits: Range<Int>, radix: Int, from start: Int) {
        let significant = bytes[digits].drop { $0 == UInt8(ascii: "0") }
        if significant.count > Scanner.integerDigitsMax {
            let message = "int literal has \(significant.count) digits, the limit is \(Scanner.integerDigitsMax)"
            diagnostics.add(.limit, at: UInt32(truncatingIfNeeded: start), message)
            return finish(.integer, from: start)
        }
        bigIntegers.append(BigIntegerLiteral(digits: Array(significant), radix: radix))
        finish(.bigInteger, from: start, value: Int64(bigIntegers.count - 1))
    }

    private mutating func skipDigits() {
        while position < end, Scanner.isDigit(bytes[position]) { position += 1 }
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    /// The value of a digit of any radix up to 36; nil for other bytes.
    @inline(__always)
    static func digitValue(_ byte: UInt8) -> Int? {
        if isDigit(byte) { return Int(byte) - 0x30 }
        let lower = byte | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z") ? Int(lower) - 0x61 + 10 : nil
    }
}
