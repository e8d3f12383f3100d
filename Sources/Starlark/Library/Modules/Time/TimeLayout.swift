/// A layout that shows how the reference time, Mon Jan 2 15:04:05 MST 2006, would be written.
struct TimeLayout {
    /// A part of a layout.
    enum Element: Equatable {
        case literal(String)
        case longMonth, month, numberMonth, zeroMonth
        case longWeekday, weekday
        case day, underDay, zeroDay, underYearDay, zeroYearDay
        case hour, hour12, zeroHour12, minute, zeroMinute, second, zeroSecond
        case longYear, year
        case upperHalf, lowerHalf
        case zoneName
        /// An offset such as `-07:00`; `isISO` writes `Z` for UTC.
        case offset(isISO: Bool, hasColon: Bool, hasMinutes: Bool)
        /// A fraction of that many digits; `isTrimmed` leaves out zeros at the end.
        case fraction(digits: Int, isTrimmed: Bool)
    }

    let elements: [Element]
    let text: String

    /// Takes a layout apart.
    init(_ text: String) {
        self.text = text
        var elements: [Element] = []
        let bytes = Array(text.utf8)
        var index = 0
        var start = 0
        while index < bytes.count {
            guard let (element, count) = TimeLayout.element(bytes[index...]) else {
                index += 1
                continue
            }
            // "_2006" is an underscore and a year.
            let lead = element == .longYear && bytes[index] == UInt8(ascii: "_") ? 1 : 0
            if index + lead > start {
                elements.append(.literal(String(decoding: bytes[start..<(index + lead)], as: UTF8.self)))
            }
            elements.append(element)
            index += count
            start = index
        }
        if start < bytes.count { elements.append(.literal(String(decoding: bytes[start...], as: UTF8.self))) }
        self.elements = elements
    }

    /// The patterns, longer ones before their beginnings.
    private static let patterns: [(text: [UInt8], element: Element)] = patternTexts.map { (Array($0.0.utf8), $0.1) }

    private static let patternTexts: [(String, Element)] = [
        ("January", .longMonth), ("Jan", .month), ("Monday", .longWeekday), ("Mon", .weekday), ("MST", .zoneName),
        ("002", .zeroYearDay), ("01", .zeroMonth), ("02", .zeroDay), ("03", .zeroHour12), ("04", .zeroMinute),
        ("05", .zeroSecond), ("06", .year), ("15", .hour), ("1", .numberMonth), ("2006", .longYear), ("2", .day),
        ("__2", .underYearDay), ("_2006", .longYear), ("_2", .underDay), ("3", .hour12), ("4", .minute),
        ("5", .second), ("PM", .upperHalf), ("pm", .lowerHalf),
        ("-0700", .offset(isISO: false, hasColon: false, hasMinutes: true)),
        ("-07:00", .offset(isISO: false, hasColon: true, hasMinutes: true)),
        ("-07", .offset(isISO: false, hasColon: false, hasMinutes: false)),
        ("Z0700", .offset(isISO: true, hasColon: false, hasMinutes: true)),
        ("Z07:00", .offset(isISO: true, hasColon: true, hasMinutes: true)),
        ("Z07", .offset(isISO: true, hasColon: false, hasMinutes: false)),
    ]

    private static func element(_ rest: ArraySlice<UInt8>) -> (Element, Int)? {
        if rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ",") { return fraction(rest) }
        guard let found = patterns.first(where: { rest.starts(with: $0.text) }) else { return nil }
        let next = rest.dropFirst(found.text.count).first ?? 0
        let isWord = found.element == .month || found.element == .weekday
        // "Jane" is no month.
        if isWord, next >= 0x61, next <= 0x7A { return nil }
        return (found.element, found.text.count)
    }

    private static func fraction(_ rest: ArraySlice<UInt8>) -> (Element, Int)? {
        let digits = rest.dropFirst()
        guard let first = digits.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "9") else { return nil }
        let count = digits.prefix { $0 == first }.count
        let next = digits.dropFirst(count).first ?? 0
        if next >= 0x30, next <= 0x39 { return nil }
        return (.fraction(digits: min(count, 9), isTrimmed: first == UInt8(ascii: "9")), count + 1)
    }

    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
}
