/// Who made or recorded a commit, and when, as the commit says.
public struct Signature: Hashable, Sendable {
    /// The years 1 to 9999, which whatever keeps or shows a time can hold.
    private static let timesSeconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// The person's name.
    public let name: String
    /// The person's address.
    public let email: String
    /// Seconds since 1970, UTC, of the years 1 to 9999: anybody may write anything into a commit, and the nearest of
    /// these stands for what lies beyond.
    public let timeSeconds: Int64
    /// The person's time zone, minutes east of UTC.
    public let offsetMinutes: Int

    /// Makes a value from its parts.
    public init(name: String, email: String, timeSeconds: Int64, offsetMinutes: Int = 0) {
        self.name = name
        self.email = email
        self.timeSeconds = min(max(timeSeconds, Self.timesSeconds.lowerBound), Self.timesSeconds.upperBound)
        self.offsetMinutes = offsetMinutes
    }
}

extension Signature: CustomStringConvertible {
    /// `Name <address>`.
    public var description: String { "\(name) <\(email)>" }
}
