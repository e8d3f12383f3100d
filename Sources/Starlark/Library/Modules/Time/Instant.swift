/// A moment with the zone it is shown in: the payload of a `time.time`.
struct Instant {
    /// Seconds since 1970 in UTC.
    let seconds: Int
    /// Nanoseconds after that, below a billion.
    let nanoseconds: Int
    let zone: ZoneID

    /// Puts nanoseconds beyond a second where they belong.
    ///
    /// - Throws: `.evaluation` when the moment is out of range.
    init(seconds: Int, nanoseconds: Int, zone: ZoneID) throws(StarlarkError) {
        let carry = CivilTime.floorDivide(nanoseconds, 1_000_000_000)
        let (sum, overflow) = seconds.addingReportingOverflow(carry)
        guard !overflow, sum.magnitude <= CivilTime.secondsMax else {
            throw StarlarkError(.evaluation, "time out of range")
        }
        self.seconds = sum
        self.nanoseconds = CivilTime.modulo(nanoseconds, 1_000_000_000)
        self.zone = zone
    }

    /// Reads the payload of a value.
    init(_ native: NativeObject) {
        seconds = native.first
        nanoseconds = native.second & 0xFFFF_FFFF
        zone = ZoneID(rawValue: Int32(truncatingIfNeeded: native.second >> 32))
    }

    /// A value with this payload.
    func value(_ machine: Machine) throws(StarlarkError) -> Value {
        try machine.heap.native(TimeType.type, first: seconds, second: Int(zone.rawValue) << 32 | nanoseconds)
    }

    /// What clocks of its zone show.
    var civil: CivilTime { CivilTime(seconds: seconds + zone.state(at: seconds).offset) }

    /// The same moment moved by a number of nanoseconds.
    func adding(_ duration: Int) throws(StarlarkError) -> Instant {
        let whole = CivilTime.floorDivide(duration, 1_000_000_000)
        let rest = CivilTime.modulo(duration, 1_000_000_000)
        return try Instant(seconds: seconds + whole, nanoseconds: nanoseconds + rest, zone: zone)
    }

    /// Nanoseconds since another moment, as far as they fit.
    func since(_ other: Instant) -> Int {
        let (product, overflow) = (seconds - other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = product.addingReportingOverflow(nanoseconds - other.nanoseconds)
        if overflow || carry { return seconds < other.seconds ? .min : .max }
        return sum
    }

    func order(_ other: Instant) -> Int {
        if seconds != other.seconds { return seconds < other.seconds ? -1 : 1 }
        return nanoseconds - other.nanoseconds
    }

    /// Whether it is the beginning of the year 1 in UTC.
    var isZero: Bool { seconds == -62_135_596_800 && nanoseconds == 0 }
}
