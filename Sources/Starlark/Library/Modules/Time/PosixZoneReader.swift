/// Reads the parts of a `PosixZone` rule.
struct PosixZoneReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, UInt32(bytes[index]) == character.value else { return false }
        index += 1
        return true
    }

    /// Three letters or more, or anything between `<` and `>`.
    mutating func name() -> String? {
        let isQuoted = accept("<")
        let start = index
        while index < bytes.count {
            let byte = bytes[index]
            let isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
            guard isQuoted ? byte != UInt8(ascii: ">") : isLetter else { break }
            index += 1
        }
        guard index - start >= 3 else { return nil }
        let name = String(decoding: bytes[start..<index], as: UTF8.self)
        if isQuoted { _ = accept(">") }
        return name
    }

    mutating func number() -> Int? {
        let start = index
        var value = 0
        while index < bytes.count, index - start < 4, bytes[index] >= 0x30, bytes[index] <= 0x39 {
            value = value * 10 + Int(bytes[index] - 0x30)
            index += 1
        }
        return index > start ? value : nil
    }

    /// `[+-]hours[:minutes[:seconds]]` in seconds.
    mutating func time() -> Int? {
        let isNegative = accept("-")
        if !isNegative { _ = accept("+") }
        guard let hours = number() else { return nil }
        var seconds = hours * 3_600
        if accept(":") { seconds += (number() ?? 0) * 60 }
        if accept(":") { seconds += number() ?? 0 }
        return isNegative ? -seconds : seconds
    }

    mutating func day() -> PosixZone.Day? {
        if accept("M") {
            guard let month = number(), accept("."), let week = number(), accept("."), let weekday = number(),
                (1...12).contains(month), (1...5).contains(week), (0...6).contains(weekday)
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
        if accept("J") { return number().map { .julian($0) } }
        return number().map { .ordinal($0) }
    }
}
