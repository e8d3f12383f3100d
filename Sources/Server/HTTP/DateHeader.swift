import Foundation
import Synchronization

/// The time as HTTP writes it (RFC 9110, 5.6.7), made once a second.
final class DateHeader: Sendable {
    private struct Made {
        var second = 0
        var text = ""
    }

    private let made = Mutex(Made())

    /// The current second.
    var text: String {
        let second = time(nil)
        return made.withLock { made in
            if made.second != second { made = Made(second: second, text: Self.text(of: second)) }
            return made.text
        }
    }

    /// A second since 1970; in English whatever the locale, since this process never sets one.
    static func text(of second: time_t) -> String {
        var second = second
        var parts = tm()
        gmtime_r(&second, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { text in
            let count = strftime(text.baseAddress, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
            return String(decoding: text[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }
}
