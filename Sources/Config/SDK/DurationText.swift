/// Reads durations as the SDK writes them: "90s", "5m", "1h30m", "2d".
enum DurationText {
    /// No duration is longer: ten years.
    static let secondsMax: Int64 = 10 * 366 * 86400

    /// Reads one or more numbers, each with a unit of `ms`, `s`, `m`, `h` or `d`; nil for anything else, and for
    /// more than ten years.
    ///
    /// A number may have a decimal fraction. There is no sign and no space.
    static func parse(_ text: String) -> Duration? {
        var rest = Array(text.utf8)[...]
        guard !rest.isEmpty, rest.count <= 64 else { return nil }
        var total = Duration.zero
        while !rest.isEmpty {
            guard let milliseconds = component(&rest) else { return nil }
            total += milliseconds
            guard total <= .seconds(secondsMax) else { return nil }
        }
        return total
    }

    /// What a wrong text is told.
    static func refusal(_ text: String) -> String {
        "'\(text)' is not a duration: write numbers with units, such as \"90s\", \"5m\", \"1h30m\" or \"2d\", "
            + "up to ten years"
    }

    private static func component(_ rest: inout ArraySlice<UInt8>) -> Duration? {
        let whole = digits(&rest)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = digits(&rest)
            guard !fraction.isEmpty else { return nil }
        }
        guard !whole.isEmpty, whole.count <= 15, fraction.count <= 9 else { return nil }
        guard let unit = unitMilliseconds(&rest) else { return nil }
        let count = whole.reduce(Int64(0)) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        let (milliseconds, overflow) = count.multipliedReportingOverflow(by: unit)
        guard !overflow, milliseconds <= secondsMax * 1000 else { return nil }
        var total = Duration.milliseconds(milliseconds)
        var divisor: Int64 = 1
        var numerator: Int64 = 0
        for digit in fraction {
            numerator = numerator * 10 + Int64(digit - UInt8(ascii: "0"))
            divisor *= 10
        }
        total += Duration.milliseconds(unit) * numerator / divisor
        return total
    }

    private static func digits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest.removeFirst(digits.count)
        return digits
    }

    private static func unitMilliseconds(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        let unit = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        rest.removeFirst(unit.count)
        switch String(decoding: unit, as: UTF8.self) {
        case "ms": return 1
        case "s": return 1000
        case "m": return 60_000
        case "h": return 3_600_000
        case "d": return 86_400_000
        default: return nil
        }
    }
}

extension Duration {
    /// Whole seconds, rounded up.
    var secondsRoundedUp: Int64 {
        components.seconds + (components.attoseconds > 0 ? 1 : 0)
    }
}
