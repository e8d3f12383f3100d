extension StringMethods {
    static let search: [Builtin] = [
        Builtin("count", count),
        Builtin("endswith", endswith),
        Builtin("find", find),
        Builtin("index", index),
        Builtin("rfind", rfind),
        Builtin("rindex", rindex),
        Builtin("startswith", startswith),
    ]

    static func find(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        Value(small: try place(machine, receiver, arguments, "find", isLast: false))
    }

    static func rfind(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        Value(small: try place(machine, receiver, arguments, "rfind", isLast: true))
    }

    static func index(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        let place = try place(machine, receiver, arguments, "index", isLast: false)
        if place < 0 { throw StarlarkError(.evaluation, "index: substring not found") }
        return Value(small: place)
    }

    static func rindex(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        let place = try place(machine, receiver, arguments, "rindex", isLast: true)
        if place < 0 { throw StarlarkError(.evaluation, "rindex: substring not found") }
        return Value(small: place)
    }

    /// Where a substring stands, -1 when it does not.
    private static func place(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments, _ method: StaticString, isLast: Bool
    ) throws(StarlarkError) -> Int {
        try arguments.requirePositional(1...3, method)
        let needle = try arguments.string(at: 0, method).bytes
        let text = receiver.bytes
        let bounds = try arguments.bounds(from: 1, length: text.count, method)
        try machine.spend(bytes: bounds.count)
        let part = slice(text, bounds)
        let found =
            isLast
            ? try TextSearch.last(needle, in: part, before: part.count, machine)
            : try TextSearch.first(needle, in: part, machine)
        return found.map { $0 + bounds.lowerBound } ?? -1
    }

    static func count(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1...3, "count")
        let needle = try arguments.string(at: 0, "count").bytes
        let bounds = try arguments.bounds(from: 1, length: receiver.bytes.count, "count")
        let part = slice(receiver.bytes, bounds)
        try machine.spend(bytes: part.count)
        if needle.isEmpty { return Value(small: codePoints(part) + 1) }
        var count = 0
        var start = 0
        while let found = try TextSearch.first(needle, in: part, from: start, machine) {
            count += 1
            start = found + needle.count
        }
        return Value(small: count)
    }

    private static func codePoints(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        var index = 0
        while index < bytes.count {
            index += UTF8Scan.scalar(bytes, at: index).count
            count += 1
        }
        return count
    }

    static func startswith(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments
    ) throws(StarlarkError) -> Value {
        try matchesEnd(machine, receiver, arguments, "startswith", TextSearch.hasPrefix)
    }

    static func endswith(_ machine: Machine, _ receiver: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try matchesEnd(machine, receiver, arguments, "endswith", TextSearch.hasSuffix)
    }

    @inline(__always)
    private static func matchesEnd(
        _ machine: Machine, _ receiver: Value, _ arguments: Arguments, _ method: StaticString,
        _ test: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
    ) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1...3, method)
        var text = receiver.bytes
        if arguments.count > 1 { text = slice(text, try arguments.bounds(from: 1, length: text.count, method)) }
        let wanted = arguments[0]
        if wanted.isObject(.string) {
            try machine.spend(bytes: min(text.count, wanted.string.count))
            return Value(test(text, wanted.bytes))
        }
        guard wanted.kind == .tuple else {
            throw StarlarkError(.evaluation, "\(method): got \(wanted.typeName), want string or tuple of string")
        }
        for (index, item) in wanted.tupleItems.enumerated() {
            try machine.spend(1)
            guard item.isObject(.string) else {
                throw StarlarkError(
                    .evaluation, "\(method): want string, got \(item.typeName), for element \(index)")
            }
            try machine.spend(bytes: min(text.count, item.string.count))
            if test(text, item.bytes) { return .true }
        }
        return .false
    }
}
