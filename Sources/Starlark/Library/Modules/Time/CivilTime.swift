/// A date and time of day in the proleptic Gregorian calendar, without a zone.
struct CivilTime {
    var year = 1
    var month = 1
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0

    /// Seconds are kept within this distance of 1970: some 36 billion years.
    static let secondsMax = 1 << 60

    /// Seconds from 1970 to this time.
    ///
    /// Months, days and the rest may be out of their ranges, but every field must be below 2^40 in magnitude.
    var seconds: Int {
        let months = year * 12 + month - 1
        let days = CivilTime.days(year: CivilTime.floorDivide(months, 12), month: CivilTime.modulo(months, 12) + 1)
        return (days + day - 1) * 86_400 + hour * 3_600 + minute * 60 + second
    }

    /// Days from 1970 to the first of a month.
    static func days(year: Int, month: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorDivide(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func floorDivide(_ left: Int, _ right: Int) -> Int {
        let quotient = left / right
        return left % right < 0 ? quotient - 1 : quotient
    }

    static func modulo(_ left: Int, _ right: Int) -> Int { left - floorDivide(left, right) * right }
}

extension CivilTime {
    /// The time that is so many seconds after 1970 began.
    init(seconds: Int) {
        let days = CivilTime.floorDivide(seconds, 86_400)
        let rest = CivilTime.modulo(seconds, 86_400)
        let shifted = days + 719_468
        let era = CivilTime.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        hour = rest / 3_600
        minute = rest / 60 % 60
        second = rest % 60
    }

    /// The day of the week, 0 for Sunday.
    var weekday: Int { CivilTime.modulo(CivilTime.floorDivide(seconds, 86_400) + 4, 7) }

    /// The day of the year, from 1.
    var yearDay: Int { CivilTime.days(year: year, month: month) - CivilTime.days(year: year, month: 1) + day }

    /// How many days a month has.
    static func dayCount(year: Int, month: Int) -> Int {
        let next = month == 12 ? days(year: year + 1, month: 1) : days(year: year, month: month + 1)
        return next - days(year: year, month: month)
    }
}
