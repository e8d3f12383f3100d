/// `time.duration`: a number of nanoseconds.
enum DurationType {
    static let type = NativeType(
        name: "time.duration",
        text: { DurationText.text($0.first) },
        isTrue: { $0.first != 0 },
        equal: { $0.first == $1.first },
        order: { $0.first < $1.first ? -1 : $0.first > $1.first ? 1 : 0 },
        hash: { UInt64(bitPattern: Int64($0.first)) },
        attributeNames: { _ in ["hours", "microseconds", "milliseconds", "minutes", "nanoseconds", "seconds"] },
        attribute: attribute,
        binary: binary)

    static func value(_ nanoseconds: Int, _ machine: Machine) throws(StarlarkError) -> Value {
        try machine.heap.native(type, first: nanoseconds)
    }

    static func isDuration(_ value: Value) -> Bool {
        value.kind == .native && value.native.type.toOpaque() == Unmanaged.passUnretained(type).toOpaque()
    }

    private static func attribute(
        _ machine: Machine, _ value: Value, _ name: String
    ) throws(StarlarkError) -> Value? {
        let nanoseconds = value.native.first
        switch name {
        case "hours": return try machine.heap.float(seconds(nanoseconds, 3_600_000_000_000))
        case "minutes": return try machine.heap.float(seconds(nanoseconds, 60_000_000_000))
        case "seconds": return try machine.heap.float(seconds(nanoseconds, 1_000_000_000))
        case "milliseconds": return try machine.heap.integer(nanoseconds / 1_000_000)
        case "microseconds": return try machine.heap.integer(nanoseconds / 1_000)
        case "nanoseconds": return try machine.heap.integer(nanoseconds)
        default: return nil
        }
    }

    /// Whole units and the fraction apart, so that nothing is lost to rounding early.
    private static func seconds(_ nanoseconds: Int, _ unit: Int) -> Double {
        Double(nanoseconds / unit) + Double(nanoseconds % unit) / Double(unit)
    }

    private static var overflow: StarlarkError { StarlarkError(.evaluation, "time.duration out of range") }
    private static var divisionByZero: StarlarkError {
        StarlarkError(.evaluation, "time.duration division by zero")
    }

    private static func binary(
        _ machine: Machine, _ operation: BinaryOperation, _ left: Value, _ right: Value
    ) throws(StarlarkError) -> Value? {
        if TimeType.isTime(left) || TimeType.isTime(right) {
            return try TimeType.combine(machine, operation, left, right)
        }
        guard isDuration(left) else {
            if operation == .divide, left.kind == .integer {
                throw StarlarkError(.evaluation, "unsupported operation")
            }
            guard operation == .multiply, left.kind == .integer else { return nil }
            return try scaled(machine, operation, right.native.first, left)
        }
        guard isDuration(right) else { return try scaled(machine, operation, left.native.first, right) }
        let (one, two) = (left.native.first, right.native.first)
        switch operation {
        case .add:
            let (sum, isOver) = one.addingReportingOverflow(two)
            if isOver { throw overflow }
            return try value(sum, machine)
        case .subtract:
            let (difference, isOver) = one.subtractingReportingOverflow(two)
            if isOver { throw overflow }
            return try value(difference, machine)
        case .divide:
            if two == 0 { throw divisionByZero }
            return try machine.heap.float(Double(one) / Double(two))
        case .floorDivide:
            if two == 0 { throw divisionByZero }
            let (quotient, isOver) = one.dividedReportingOverflow(by: two)
            if isOver { throw overflow }
            return try machine.heap.integer(quotient)
        default: return nil
        }
    }

    /// A duration times or divided by a number.
    private static func scaled(
        _ machine: Machine, _ operation: BinaryOperation, _ duration: Int, _ number: Value
    ) throws(StarlarkError) -> Value? {
        if number.kind == .integer, operation == .multiply || operation == .divide {
            guard number.isSmall else {
                throw StarlarkError(.evaluation, "int value out of range (want signed 64-bit value)")
            }
            if operation == .multiply {
                let (product, isOver) = duration.multipliedReportingOverflow(by: number.small)
                if isOver { throw overflow }
                return try value(product, machine)
            }
            if number.small == 0 { throw divisionByZero }
            return try value(duration.dividedReportingOverflow(by: number.small).partialValue, machine)
        }
        guard number.kind == .float, operation == .divide else { return nil }
        if number.float == 0 { throw divisionByZero }
        guard let quotient = Int(exactly: (Double(duration) / number.float).rounded(.towardZero)) else {
            throw overflow
        }
        return try value(quotient, machine)
    }
}
