import Model

/// Who made or recorded a commit, and when, as the commit says.
public struct Signature: Hashable, Sendable {
    /// The person's name.
    public let name: String
    /// The person's address.
    public let email: String
    /// Seconds since 1970, UTC, within `ChangeCommit.timesSeconds`.
    public let timeSeconds: Int64
    /// The person's time zone, minutes east of UTC.
    public let offsetMinutes: Int

    /// Makes a value from its parts.
    public init(name: String, email: String, timeSeconds: Int64, offsetMinutes: Int = 0) {
        self.name = name
        self.email = email
        let times = ChangeCommit.timesSeconds
        self.timeSeconds = min(max(timeSeconds, times.lowerBound), times.upperBound)
        self.offsetMinutes = offsetMinutes
    }
}

extension Signature: CustomStringConvertible {
    /// `Name <address>`.
    public var description: String { "\(name) <\(email)>" }
}
