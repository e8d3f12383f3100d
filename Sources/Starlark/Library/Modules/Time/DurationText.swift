/// Durations, in nanoseconds, as text: `1h30m0s`, `1.5ms`.
enum DurationText {
    /// How a duration is written.
    static func text(_ duration: Int) -> String {
        if duration == 0 { return "0s" }
        let sign = duration < 0 ? "-" : ""
        let total = duration.magnitude
        if total < 1_000 { return "\(sign)\(total)ns" }
        if total < 1_000_000 { return sign + decimal(total, unit: 1_000) + "µs" }
        if total < 1_000_000_000 { return sign + decimal(total, unit: 1_000_000) + "ms" }
        let minutes = total / 60_000_000_000
        let seconds = decimal(total % 60_000_000_000, unit: 1_000_000_000) + "s"
        if minutes == 0 { return sign + seconds }
        if minutes < 60 { return "\(sign)\(minutes)m\(seconds)" }
        return "\(sign)\(minutes / 60)h\(minutes % 60)m\(seconds)"
    }

    private static func decimal(_ total: UInt, unit: UInt) -> String {
        let rest = total % unit
        guard rest > 0 else { return "\(total / unit)" }
        var digits = String(rest + unit).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(total / unit).\(digits)"
    }

    private static let units: [(name: String, nanoseconds: UInt)] = [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// The duration a text denotes: a sequence of numbers, each with a fraction perhaps, and units.
    ///
    /// - Throws: `.evaluation` when it denotes none, or one that does not fit.
    static func parse(_ text: String) throws(StarlarkError) -> Int {
        let invalid = StarlarkError(.evaluation, "time: invalid duration \"\(text.prefix(100))\"")
        var rest = Substring(text)
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest = rest.dropFirst() }
        if rest == "0" { return 0 }
        if rest.isEmpty { throw invalid }
        var total: UInt = 0
        while !rest.isEmpty {
            let whole = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(whole.count)
            var fraction = Substring()
            if rest.hasPrefix(".") {
                fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
                rest = rest.dropFirst(1 + fraction.count)
            }
            let name = rest.prefix { $0 != "." && !($0.isASCII && $0.isNumber) }
            rest = rest.dropFirst(name.count)
            guard !(whole.isEmpty && fraction.isEmpty) else { throw invalid }
            guard let unit = units.first(where: { $0.name == name })?.nanoseconds else {
                let problem = name.isEmpty ? "missing unit" : "unknown unit \"\(name.prefix(20))\""
                throw StarlarkError(.evaluation, "time: \(problem) in duration \"\(text.prefix(100))\"")
            }
            guard let part = amount(whole, fraction, unit) else { throw invalid }
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow, sum <= UInt(Int.max) else { throw invalid }
            total = sum
        }
        return isNegative ? -Int(total) : Int(total)
    }

    private static func amount(_ whole: Substring, _ fraction: Substring, _ unit: UInt) -> UInt? {
        guard let number = whole.isEmpty ? 0 : UInt(whole) else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: unit)
        if overflow { return nil }
        let digits = fraction.prefix(15)
        guard let part = digits.isEmpty ? 0 : UInt(digits) else { return nil }
        var scale = 1.0
        for _ in digits { scale *= 10 }
        return product + UInt(Double(part) * (Double(unit) / scale))
    }
}
