/// The module `time`.
enum TimeModule {
    /// Durations by name, in nanoseconds.
    static let durations: [(String, Int)] = [
        ("nanosecond", 1),
        ("microsecond", 1_000),
        ("millisecond", 1_000_000),
        ("second", 1_000_000_000),
        ("minute", 60_000_000_000),
        ("hour", 3_600_000_000_000),
    ]

    static let functions: [Builtin] = [
        Builtin("from_timestamp", fromTimestamp),
        Builtin("is_valid_timezone", isValidTimezone),
        Builtin("now", now),
        Builtin("parse_duration", parseDuration),
        Builtin("parse_time", parseTime),
        Builtin("time", time),
    ]

    static func now(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, "now")
        let nanoseconds = Int(try machine.now())
        return try Instant(seconds: 0, nanoseconds: nanoseconds, zone: .utc).value(machine)
    }

    static func fromTimestamp(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1...2, "from_timestamp")
        let seconds = try arguments.int(at: 0, "from_timestamp")
        let nanoseconds = try arguments.int(at: 1, "from_timestamp", default: 0)
        return try Instant(seconds: seconds, nanoseconds: nanoseconds, zone: .utc).value(machine)
    }

    static func isValidTimezone(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "is_valid_timezone")
        let name = try arguments.string(at: 0, "is_valid_timezone")
        do throws(StarlarkError) {
            _ = try ZoneTable.shared.zone(name, machine)
            return .true
        } catch {
            if error.code == .evaluation { return .false }
            throw error
        }
    }

    static func parseDuration(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "parse_duration")
        if DurationType.isDuration(arguments[0]) { return arguments[0] }
        guard arguments[0].isObject(.string) else {
            throw StarlarkError(
                .evaluation,
                "parse_duration: for parameter 1: got \(arguments[0].typeName), want a duration, string, or int")
        }
        guard arguments[0].bytes.count <= textBytesMax else {
            throw StarlarkError(.evaluation, "parse_duration: the text is too long")
        }
        return try DurationType.value(DurationText.parse(arguments[0].swiftString), machine)
    }

    /// No time or duration needs a longer text.
    private static let textBytesMax = 1_000

    private static let parseSignature = Signature("parse_time", ["x", "format", "location"], required: 1)

    static func parseTime(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        let bound = try parseSignature.bind(arguments)
        let text = try text(bound[0], "x", default: "")
        let layout = try self.text(bound[1], "format", default: "2006-01-02T15:04:05Z07:00")
        _ = try self.text(bound[2], "location", default: "")
        let zone = bound[2].isUnbound ? ZoneID.utc : try ZoneTable.shared.zone(bound[2], machine)
        try machine.spend(layout.utf8.count)
        return try TimeParser.parse(text, layout, zone).value(machine)
    }

    private static func text(
        _ value: Value, _ parameter: String, default fallback: String
    ) throws(StarlarkError) -> String {
        if value.isUnbound { return fallback }
        guard value.isObject(.string) else {
            throw StarlarkError(
                .evaluation, "parse_time: for parameter \(parameter): got \(value.typeName), want string")
        }
        guard value.bytes.count <= textBytesMax else {
            throw StarlarkError(.evaluation, "parse_time: for parameter \(parameter): the text is too long")
        }
        return value.swiftString
    }

    private static let timeSignature = Signature(
        "time", ["year", "month", "day", "hour", "minute", "second", "nanosecond", "location"], required: 0)

    static func time(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        guard arguments.count == 0 else {
            throw StarlarkError(.evaluation, "time: unexpected positional arguments")
        }
        let bound = try timeSignature.bind(arguments)
        var civil = CivilTime()
        civil.year = try field(bound[0], "year", default: 0)
        civil.month = try field(bound[1], "month", default: 0)
        civil.day = try field(bound[2], "day", default: 0)
        civil.hour = try field(bound[3], "hour", default: 0)
        civil.minute = try field(bound[4], "minute", default: 0)
        civil.second = try field(bound[5], "second", default: 0)
        let nanoseconds = try field(bound[6], "nanosecond", default: 0)
        guard bound[7].isUnbound || bound[7].isObject(.string) else {
            throw StarlarkError(
                .evaluation, "time: for parameter location: got \(bound[7].typeName), want string")
        }
        let zone = bound[7].isUnbound ? ZoneID.utc : try ZoneTable.shared.zone(bound[7], machine)
        return try Instant(
            seconds: zone.seconds(showing: civil.seconds), nanoseconds: nanoseconds, zone: zone
        ).value(machine)
    }

    /// A field of a date, small enough to calculate with.
    private static func field(
        _ value: Value, _ name: String, default fallback: Int
    ) throws(StarlarkError) -> Int {
        if value.isUnbound { return fallback }
        guard value.kind == .integer else {
            throw StarlarkError(.evaluation, "time: for parameter \(name): got \(value.typeName), want int")
        }
        guard value.isSmall, value.small.magnitude < 1 << 34 else {
            throw StarlarkError(.evaluation, "time: for parameter \(name): integer out of range")
        }
        return value.small
    }
}
