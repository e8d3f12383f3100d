/// Reads a text by a layout.
struct TimeParser {
    private let layout: TimeLayout
    private let text: String
    let bytes: [UInt8]
    var index = 0
    var civil = CivilTime(year: 0)
    var nanoseconds = 0
    var yearDay: Int?
    var isAfternoon: Bool?
    var offset: Int?
    var isUTC = false

    /// The moment a text denotes; without an offset it is one of the zone.
    ///
    /// - Throws: `.evaluation` when the text does not fit the layout.
    static func parse(_ text: String, _ layout: String, _ zone: ZoneID) throws(StarlarkError) -> Instant {
        var parser = TimeParser(layout: TimeLayout(layout), text: text, bytes: Array(text.utf8))
        return try parser.run(zone)
    }

    private init(layout: TimeLayout, text: String, bytes: [UInt8]) {
        self.layout = layout
        self.text = text
        self.bytes = bytes
    }

    private func failure(_ reason: String) -> StarlarkError {
        StarlarkError(
            .evaluation,
            "parsing time \"\(text.prefix(100))\" as \"\(layout.text.prefix(100))\": \(reason)")
    }

    private var rest: String { String(decoding: bytes[index...].prefix(100), as: UTF8.self) }

    private mutating func run(_ zone: ZoneID) throws(StarlarkError) -> Instant {
        for (place, element) in layout.elements.enumerated() {
            guard read(element) else { throw failure("cannot parse \"\(rest)\" as \"\(element)\"") }
            if element == .second || element == .zeroSecond { readImplicitFraction(before: place + 1) }
        }
        if index < bytes.count { throw failure("extra text: \"\(rest)\"") }
        if let isAfternoon {
            if isAfternoon, civil.hour < 12 { civil.hour += 12 }
            if !isAfternoon, civil.hour == 12 { civil.hour = 0 }
        }
        if let yearDay {
            civil.month = 1
            civil.day = yearDay
        } else if !(1...CivilTime.dayCount(year: civil.year, month: civil.month)).contains(civil.day) {
            throw failure("day out of range")
        }
        if isUTC { return try Instant(seconds: civil.seconds, nanoseconds: nanoseconds, zone: .utc) }
        guard let offset else {
            return try Instant(seconds: zone.seconds(showing: civil.seconds), nanoseconds: nanoseconds, zone: zone)
        }
        let seconds = civil.seconds - offset
        let isZone = zone.state(at: seconds).offset == offset
        return try Instant(seconds: seconds, nanoseconds: nanoseconds, zone: isZone ? zone : .fixed(offset: offset))
    }

    /// A fraction after the seconds is read even where the layout has none.
    private mutating func readImplicitFraction(before place: Int) {
        if place < layout.elements.count, case .fraction = layout.elements[place] { return }
        guard index + 1 < bytes.count, isPoint(bytes[index]), isDigit(bytes[index + 1]) else { return }
        _ = readFraction(digits: nil)
    }

    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    func isPoint(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") }

    private mutating func read(_ element: TimeLayout.Element) -> Bool {
        switch element {
        case .literal(let text): readLiteral(text)
        case .longMonth: read(TimeLayout.months, into: \.month)
        case .month: read(TimeLayout.months.map { String($0.prefix(3)) }, into: \.month)
        case .longWeekday: readName(TimeLayout.weekdays) != nil
        case .weekday: readName(TimeLayout.weekdays.map { String($0.prefix(3)) }) != nil
        case .numberMonth, .zeroMonth: read(1...12, digits: element == .zeroMonth ? 2...2 : 1...2, into: \.month)
        case .day, .underDay, .zeroDay: readDay(element)
        case .underYearDay, .zeroYearDay: readYearDay()
        case .hour: read(0...23, digits: 2...2, into: \.hour)
        case .hour12, .zeroHour12: read(0...12, digits: element == .hour12 ? 1...2 : 2...2, into: \.hour)
        case .minute, .zeroMinute: read(0...59, digits: element == .minute ? 1...2 : 2...2, into: \.minute)
        case .second, .zeroSecond: read(0...59, digits: element == .second ? 1...2 : 2...2, into: \.second)
        case .longYear: read(0...9_999, digits: 4...4, into: \.year)
        case .year: readShortYear()
        case .upperHalf, .lowerHalf: readHalf(isUpper: element == .upperHalf)
        case .zoneName: readZoneName()
        case .offset(let isISO, let hasColon, let hasMinutes):
            readOffset(isISO: isISO, hasColon: hasColon, hasMinutes: hasMinutes)
        case .fraction(let digits, let isTrimmed): readFractionElement(digits, isTrimmed)
        }
    }
}
