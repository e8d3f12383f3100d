import Foundation

extension Date: PostgresCodable {
    /// Seconds between Swift's reference date, 2001-01-01, and PostgreSQL's, 2000-01-01.
    private static let epochOffset: Int64 = 366 * 86_400

    /// `timestamp with time zone`.
    public static var postgresType: PostgresType { .timestamptz }

    /// The first second after what `timestamptz` can hold, since 2000; the server refuses it.
    private static let outOfRange: Double = 9_223_371_331_201

    /// Microseconds since 2000, rounded to the nearest; a date that PostgreSQL cannot hold is refused by the server.
    public var postgresBytes: [UInt8]? {
        let seconds = timeIntervalSinceReferenceDate.rounded(.down)
        let micros = ((timeIntervalSinceReferenceDate - seconds) * 1e6).rounded()
        let since2000 = seconds + Double(Self.epochOffset)
        guard since2000.magnitude < Self.outOfRange else {
            return (Int64(Self.outOfRange) * 1_000_000).bigEndianBytes
        }
        return (Int64(since2000) * 1_000_000 + Int64(micros)).bigEndianBytes
    }

    /// Reads a `timestamp with time zone`; refuses infinity.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> Date {
        try value.expect(.timestamptz)
        let micros: Int64 = try value.integer()
        guard micros != .max, micros != .min else { throw PostgresValue.Mismatch("it is infinite") }
        let (seconds, rest) = micros.quotientAndRemainder(dividingBy: 1_000_000)
        return Date(timeIntervalSinceReferenceDate: Double(seconds - epochOffset) + Double(rest) / 1e6)
    }
}

extension Duration: PostgresCodable {
    /// `interval`.
    public static var postgresType: PostgresType { .interval }

    /// Microseconds, toward zero, without days or months.
    public var postgresBytes: [UInt8]? {
        let (seconds, attoseconds) = components
        let bounded = min(max(seconds, -9_000_000_000_000), 9_000_000_000_000)
        var bytes = (bounded * 1_000_000 + attoseconds / 1_000_000_000_000).bigEndianBytes
        let daysAndMonths: Int64 = 0
        bytes.append(bigEndian: daysAndMonths)
        return bytes
    }

    /// Reads an `interval`, a day being 24 hours; refuses one with months, whose length is not known.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> Duration {
        try value.expect(.interval)
        var reader = ByteReader(value.bytes)
        let micros: Int64 = try reader.readInteger()
        let days: Int32 = try reader.readInteger()
        let months: Int32 = try reader.readInteger()
        guard months == 0 else { throw PostgresValue.Mismatch("it has months") }
        return .microseconds(micros) + .seconds(Int64(days) * 86_400)
    }
}
