import Foundation

/// Times as ssh's files have them: `YYYYMMDD` or `YYYYMMDDHHMM[SS]`, with `Z` or without, in UTC either way.
enum SSHTime {
    /// Reads a time; nil for what is none, such as 31 February.
    static func date(_ text: String) -> Date? {
        let digits = text.uppercased().hasSuffix("Z") ? text.dropLast() : text[...]
        guard [8, 12, 14].contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        let numbers = digits.utf8.map { Int32($0 - UInt8(ascii: "0")) }
        func number(_ start: Int, _ count: Int) -> Int32 {
            start < numbers.count ? numbers[start..<start + count].reduce(0) { $0 * 10 + $1 } : 0
        }
        var time = tm()
        time.tm_year = number(0, 4) - 1900
        time.tm_mon = number(4, 2) - 1
        time.tm_mday = number(6, 2)
        time.tm_hour = number(8, 2)
        time.tm_min = number(10, 2)
        time.tm_sec = number(12, 2)
        let date = Date(timeIntervalSince1970: TimeInterval(timegm(&time)))
        // What no calendar has is carried over, and then written otherwise.
        return number(0, 4) >= 1970 && self.text(of: date).hasPrefix(digits) ? date : nil
    }

    /// The time to the second.
    static func text(of date: Date) -> String {
        var seconds = time_t(date.timeIntervalSince1970)
        var time = tm()
        gmtime_r(&seconds, &time)
        func digits(_ number: Int32, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        return digits(time.tm_year + 1900, 4) + digits(time.tm_mon + 1, 2) + digits(time.tm_mday, 2)
            + digits(time.tm_hour, 2) + digits(time.tm_min, 2) + digits(time.tm_sec, 2) + "Z"
    }
}
