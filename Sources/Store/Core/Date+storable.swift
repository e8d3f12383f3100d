import Foundation

extension Date {
    private static let first = Date(timeIntervalSince1970: -62_135_596_800)
    private static let last = Date(timeIntervalSince1970: 253_402_300_799)

    /// The nearest time from the years 1 to 9999, which the database can hold and RFC 3339 can write.
    ///
    /// A commit may say any number of seconds.
    var storable: Date { min(max(self, Self.first), Self.last) }
}
