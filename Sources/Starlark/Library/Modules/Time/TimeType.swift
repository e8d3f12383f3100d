/// `time.time`: a moment shown in a zone.
enum TimeType {
    static let type = NativeType(
        name: "time.time",
        text: { TimeLayout(standardText).text(Instant($0)) },
        isTrue: { !Instant($0).isZero },
        equal: { Instant($0).order(Instant($1)) == 0 },
        order: { Instant($0).order(Instant($1)) },
        hash: { UInt64(bitPattern: Int64($0.first)) &* 1_000_000_007 &+ UInt64($0.second & 0xFFFF_FFFF) },
        attributeNames: { _ in
            [
                "day", "format", "hour", "in_location", "minute", "month", "nanosecond", "second", "unix", "unix_nano",
                "year",
            ]
        },
        attribute: attribute,
        binary: combine)

    private static let standardText = "2006-01-02 15:04:05.999999999 -0700 MST"
    private static let formatMethod = LastingBuiltin(Builtin("format", format))
    private static let inLocationMethod = LastingBuiltin(Builtin("in_location", inLocation))

    static func isTime(_ value: Value) -> Bool {
        value.kind == .native && value.native.type.toOpaque() == Unmanaged.passUnretained(type).toOpaque()
    }

    private static func attribute(
        _ machine: Machine, _ value: Value, _ name: String
    ) throws(StarlarkError) -> Value? {
        let instant = Instant(value.native)
        switch name {
        case "year": return try machine.heap.integer(instant.civil.year)
        case "month": return Value(small: instant.civil.month)
        case "day": return Value(small: instant.civil.day)
        case "hour": return Value(small: instant.civil.hour)
        case "minute": return Value(small: instant.civil.minute)
        case "second": return Value(small: instant.civil.second)
        case "nanosecond": return Value(small: instant.nanoseconds)
        case "unix": return try machine.heap.integer(instant.seconds)
        case "unix_nano":
            return try machine.heap.integer(instant.seconds &* 1_000_000_000 &+ instant.nanoseconds)
        case "format": return try machine.heap.boundMethod(formatMethod.pointer, value)
        case "in_location": return try machine.heap.boundMethod(inLocationMethod.pointer, value)
        default: return nil
        }
    }

    private static func format(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "format")
        let layout = try arguments.string(at: 0, "format")
        try machine.spend(layout.bytes.count)
        let charge = try machine.heap.byteCount(layout.bytes.count, of: 64)
        try machine.heap.state.pointee.charge(charge)
        defer { machine.heap.state.pointee.used -= charge }
        return try machine.heap.string(TimeLayout(layout.swiftString).text(Instant(receiver.native)))
    }

    private static func inLocation(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "in_location")
        let zone = try ZoneTable.shared.zone(arguments.string(at: 0, "in_location"), machine)
        let instant = Instant(receiver.native)
        return try Instant(seconds: instant.seconds, nanoseconds: instant.nanoseconds, zone: zone).value(machine)
    }

    /// Moments and durations: `time + duration`, `time - duration`, `time - time`.
    static func combine(
        _ machine: Machine, _ operation: BinaryOperation, _ left: Value, _ right: Value
    ) throws(StarlarkError) -> Value? {
        switch operation {
        case .add:
            if isTime(left), DurationType.isDuration(right) {
                return try Instant(left.native).adding(right.native.first).value(machine)
            }
            if isTime(right), DurationType.isDuration(left) {
                return try Instant(right.native).adding(left.native.first).value(machine)
            }
        case .subtract:
            if isTime(left), isTime(right) {
                return try DurationType.value(Instant(left.native).since(Instant(right.native)), machine)
            }
            if isTime(left), DurationType.isDuration(right) {
                return try Instant(left.native).adding(0 &- right.native.first).value(machine)
            }
        default: break
        }
        return nil
    }
}
