extension StringMethods {
    static let cases: [Builtin] = [
        Builtin("capitalize", capitalize),
        Builtin("isalnum", isalnum),
        Builtin("isalpha", isalpha),
        Builtin("isdigit", isdigit),
        Builtin("islower", islower),
        Builtin("isspace", isspace),
        Builtin("istitle", istitle),
        Builtin("isupper", isupper),
        Builtin("lower", lower),
        Builtin("title", title),
        Builtin("upper", upper),
    ]

    /// Where in a word a code point stands, for changing its case.
    private struct Place {
        var isFirst = true
        var isAfterCased = false
    }

    /// A string with every code point replaced by another.
    @inline(__always)
    private static func mapped(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments, _ method: StaticString,
        _ change: (UInt32, Place) -> UInt32
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, method)
        let bytes = receiver.bytes
        try machine.spend(bytes.count >> 3)
        var builder = try TextBuilder(machine.heap, capacity: bytes.count)
        defer { builder.discard() }
        var place = Place()
        var index = 0
        while index < bytes.count {
            let (scalar, count) = UTF8Scan.scalar(bytes, at: index)
            let replaced = change(scalar, place)
            if replaced < 0x80 {
                try builder.append(UInt8(truncatingIfNeeded: replaced))
            } else {
                try ScalarText.append(replaced, to: &builder)
            }
            place = Place(isFirst: false, isAfterCased: ScalarText.isCased(replaced))
            index += count
        }
        return builder.finish()
    }

    static func lower(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        if receiver.isASCII { return try flipped(machine, receiver, arguments, "lower", first: 0x41, last: 0x5A) }
        return try mapped(machine, receiver, arguments, "lower") { scalar, _ in ScalarText.lower(scalar) }
    }

    static func upper(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        if receiver.isASCII { return try flipped(machine, receiver, arguments, "upper", first: 0x61, last: 0x7A) }
        return try mapped(machine, receiver, arguments, "upper") { scalar, _ in ScalarText.upper(scalar) }
    }

    /// An ASCII string with the letters of a range in the other case.
    private static func flipped(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments, _ method: StaticString, first: UInt8, last: UInt8
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, method)
        let bytes = receiver.bytes
        try machine.spend(bytes: bytes.count)
        guard bytes.contains(where: { $0 >= first && $0 <= last }) else { return receiver }
        if bytes.count == 1 { return machine.heap.state.pointee.singles[Int(bytes[0] ^ 0x20)] }
        let result = try machine.heap.uninitializedString(count: bytes.count, isASCII: true)
        for index in 0..<bytes.count {
            let byte = bytes[index]
            result.pointee.bytes[index] = byte >= first && byte <= last ? byte ^ 0x20 : byte
        }
        return Value(result)
    }

    static func capitalize(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        try mapped(machine, receiver, arguments, "capitalize") { scalar, place in
            place.isFirst ? ScalarText.title(scalar) : ScalarText.lower(scalar)
        }
    }

    static func title(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try mapped(machine, receiver, arguments, "title") { scalar, place in
            place.isAfterCased ? ScalarText.lower(scalar) : ScalarText.title(scalar)
        }
    }

    /// Whether the string is not empty and every code point passes the test.
    @inline(__always)
    private static func all(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments, _ method: StaticString,
        _ test: (UInt32) -> Bool
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(0, method)
        let bytes = receiver.bytes
        try machine.spend(bytes.count >> 3)
        var index = 0
        while index < bytes.count {
            let (scalar, count) = UTF8Scan.scalar(bytes, at: index)
            if !test(scalar) { return .false }
            index += count
        }
        return Value(index > 0)
    }

    static func isalnum(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try all(machine, receiver, arguments, "isalnum") { ScalarText.isLetter($0) || ScalarText.isDigit($0) }
    }

    static func isalpha(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try all(machine, receiver, arguments, "isalpha", ScalarText.isLetter)
    }

    static func isdigit(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try all(machine, receiver, arguments, "isdigit", ScalarText.isDigit)
    }

    static func isspace(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try all(machine, receiver, arguments, "isspace", ScalarText.isSpace)
    }

    static func islower(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        var isCased = false
        let fits = try all(machine, receiver, arguments, "islower") { scalar in
            if ScalarText.isCased(scalar) { isCased = true }
            return ScalarText.lower(scalar) == scalar
        }
        return Value(fits.isTrue && isCased)
    }

    static func isupper(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        var isCased = false
        let fits = try all(machine, receiver, arguments, "isupper") { scalar in
            if ScalarText.isCased(scalar) { isCased = true }
            return ScalarText.upper(scalar) == scalar
        }
        return Value(fits.isTrue && isCased)
    }

    /// Whether capitals stand only where words begin and small letters only after others.
    static func istitle(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        var isAfterCased = false
        var isCased = false
        let fits = try all(machine, receiver, arguments, "istitle") { scalar in
            switch ScalarText.category(scalar) {
            case .uppercaseLetter, .titlecaseLetter:
                if isAfterCased || (scalar >= 0x80 && ScalarText.category(scalar) == .uppercaseLetter) { return false }
            case .lowercaseLetter: if !isAfterCased { return false }
            default:
                isAfterCased = false
                return true
            }
            isAfterCased = true
            isCased = true
            return true
        }
        return Value(fits.isTrue && isCased)
    }
}
