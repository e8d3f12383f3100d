/// A rule such as `CET-1CEST,M3.5.0,M10.5.0/3`: what applies after a zone file's last transition.
struct PosixZone: Sendable {
    /// A day of the year on which the clocks change.
    enum Day: Sendable {
        /// The weekday (0 for Sunday) of the week (5 for the last) of a month.
        case weekday(month: Int, week: Int, weekday: Int)
        /// The day of the year from 1, February 29 never counted.
        case julian(Int)
        /// The day of the year from 0.
        case ordinal(Int)
    }

    private let standard: ZoneState
    private let daylight: ZoneState?
    private var start: (day: Day, second: Int) = (.weekday(month: 3, week: 2, weekday: 0), 7_200)
    private var end: (day: Day, second: Int) = (.weekday(month: 11, week: 1, weekday: 0), 7_200)

    /// Reads a rule; nil when it is none.
    init?(_ text: String) {
        var reader = PosixZoneReader(text)
        guard let name = reader.name(), let west = reader.time() else { return nil }
        standard = ZoneState(offset: -west, abbreviation: name)
        guard let daylightName = reader.name() else {
            daylight = nil
            return
        }
        let offset = reader.time().map { -$0 } ?? standard.offset + 3_600
        daylight = ZoneState(offset: offset, abbreviation: daylightName)
        if reader.accept(","), let day = reader.day() {
            start = (day, reader.accept("/") ? reader.time() ?? 7_200 : 7_200)
        }
        if reader.accept(","), let day = reader.day() {
            end = (day, reader.accept("/") ? reader.time() ?? 7_200 : 7_200)
        }
    }

    /// What applies at a moment.
    func state(at seconds: Int) -> ZoneState {
        guard let daylight else { return standard }
        let year = CivilTime(seconds: seconds + standard.offset).year
        let first = moment(start, year) - standard.offset
        let last = moment(end, year) - daylight.offset
        let isDaylight = first < last ? seconds >= first && seconds < last : seconds < last || seconds >= first
        return isDaylight ? daylight : standard
    }

    private func moment(_ rule: (day: Day, second: Int), _ year: Int) -> Int {
        let first = CivilTime.days(year: year, month: 1)
        let day: Int
        switch rule.day {
        case .ordinal(let number): day = first + number
        case .julian(let number):
            let isLeap = CivilTime.dayCount(year: year, month: 2) == 29
            day = first + number - (isLeap && number >= 60 ? 0 : 1)
        case .weekday(let month, let week, let weekday):
            let start = CivilTime.days(year: year, month: month)
            var place = start + CivilTime.modulo(weekday - (start + 4), 7) + (week - 1) * 7
            if place >= start + CivilTime.dayCount(year: year, month: month) { place -= 7 }
            day = place
        }
        return day * 86_400 + rule.second
    }
}
