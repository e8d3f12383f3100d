extension TimeLayout {
    /// A moment as its zone's clocks and calendars show it.
    func text(_ instant: Instant) -> String {
        let civil = instant.civil
        let state = instant.zone.state(at: instant.seconds)
        return elements.map { element in
            switch element {
            case .literal(let text): text
            case .zoneName: state.abbreviation.isEmpty ? shortOffset(state.offset) : state.abbreviation
            case .offset(let isISO, let hasColon, let hasMinutes):
                offset(state.offset, isISO: isISO, hasColon: hasColon, hasMinutes: hasMinutes)
            case .fraction(let digits, let isTrimmed): fraction(instant.nanoseconds, digits, isTrimmed)
            case .hour, .hour12, .zeroHour12, .minute, .zeroMinute, .second, .zeroSecond, .upperHalf, .lowerHalf:
                clock(element, civil)
            default: date(element, civil)
            }
        }.joined()
    }

    private func date(_ element: Element, _ civil: CivilTime) -> String {
        switch element {
        case .longMonth: TimeLayout.months[civil.month - 1]
        case .month: String(TimeLayout.months[civil.month - 1].prefix(3))
        case .numberMonth: "\(civil.month)"
        case .zeroMonth: padded(civil.month, 2)
        case .longWeekday: TimeLayout.weekdays[civil.weekday]
        case .weekday: String(TimeLayout.weekdays[civil.weekday].prefix(3))
        case .day: "\(civil.day)"
        case .underDay: padded(civil.day, 2, with: " ")
        case .zeroDay: padded(civil.day, 2)
        case .underYearDay: padded(civil.yearDay, 3, with: " ")
        case .zeroYearDay: padded(civil.yearDay, 3)
        case .longYear: padded(civil.year, 4)
        case .year: padded(CivilTime.modulo(civil.year, 100), 2)
        default: ""
        }
    }

    private func clock(_ element: Element, _ civil: CivilTime) -> String {
        let hour12 = civil.hour % 12 == 0 ? 12 : civil.hour % 12
        return switch element {
        case .hour: padded(civil.hour, 2)
        case .hour12: "\(hour12)"
        case .zeroHour12: padded(hour12, 2)
        case .minute: "\(civil.minute)"
        case .zeroMinute: padded(civil.minute, 2)
        case .second: "\(civil.second)"
        case .zeroSecond: padded(civil.second, 2)
        case .upperHalf: civil.hour < 12 ? "AM" : "PM"
        case .lowerHalf: civil.hour < 12 ? "am" : "pm"
        default: ""
        }
    }

    private func padded(_ number: Int, _ width: Int, with padding: Character = "0") -> String {
        let digits = String(number.magnitude)
        let zeros = String(repeating: padding, count: max(0, width - digits.count))
        return (number < 0 ? "-" : "") + zeros + digits
    }

    private func shortOffset(_ seconds: Int) -> String {
        offset(seconds, isISO: false, hasColon: false, hasMinutes: seconds % 3_600 != 0)
    }

    private func offset(_ seconds: Int, isISO: Bool, hasColon: Bool, hasMinutes: Bool) -> String {
        if isISO, seconds == 0 { return "Z" }
        let minutes = seconds.magnitude / 60
        let hours = padded(Int(minutes / 60), 2)
        let rest = hasMinutes ? (hasColon ? ":" : "") + padded(Int(minutes % 60), 2) : ""
        return (seconds < 0 ? "-" : "+") + hours + rest
    }

    private func fraction(_ nanoseconds: Int, _ digits: Int, _ isTrimmed: Bool) -> String {
        var text = String(padded(nanoseconds, 9).prefix(digits))
        if isTrimmed {
            while text.last == "0" { text.removeLast() }
            if text.isEmpty { return "" }
        }
        return "." + text
    }
}
