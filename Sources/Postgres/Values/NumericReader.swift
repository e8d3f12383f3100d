/// Reads a `numeric` in PostgreSQL's binary format: digits to the base of 10,000 and the weight of the first.
struct NumericReader {
    private let digits: [Int16]
    private let weight: Int
    private let isNegative: Bool

    private static let negativeSign: UInt16 = 0x4000
    private static let base: Int64 = 10_000

    init(_ value: PostgresValue) throws(PostgresValue.Mismatch) {
        var reader = ByteReader(value.bytes)
        let count: Int16 = try reader.readInteger()
        weight = Int(try reader.readInteger() as Int16)
        let sign: UInt16 = try reader.readInteger()
        guard sign == 0 || sign == Self.negativeSign else {
            throw PostgresValue.Mismatch("it is infinite or not a number")
        }
        isNegative = sign == Self.negativeSign
        let _: Int16 = try reader.readInteger()
        var digits: [Int16] = []
        for _ in 0..<max(0, count) { digits.append(try reader.readInteger()) }
        self.digits = digits
    }

    func wholeNumber() throws(PostgresValue.Mismatch) -> Int64 {
        guard digits.isEmpty || digits.count <= weight + 1 else { throw PostgresValue.Mismatch("it has a fraction") }
        var result: Int64 = 0
        guard !digits.isEmpty else { return result }
        for position in 0...weight {
            let digit = position < digits.count ? Int64(digits[position]) : 0
            let (scaled, scaleOverflow) = result.multipliedReportingOverflow(by: Self.base)
            let (sum, sumOverflow) = scaled.addingReportingOverflow(isNegative ? -digit : digit)
            guard !scaleOverflow, !sumOverflow else { throw PostgresValue.Mismatch("it is too large") }
            result = sum
        }
        return result
    }

    /// The nearest number, by way of decimal text so that rounding happens once.
    func double() throws(PostgresValue.Mismatch) -> Double {
        guard !digits.isEmpty else { return 0 }
        let text = digits.map { digit in
            let plain = String(digit)
            return String(repeating: "0", count: 4 - plain.count) + plain
        }
        let exponent = (weight + 1 - digits.count) * 4
        guard let result = Double("\(isNegative ? "-" : "")\(text.joined())e\(exponent)") else {
            throw PostgresValue.Mismatch("it is not a number")
        }
        return result
    }
}
