/// `bytes`, `chr`, `hash`, `ord`, `repr`, `str`.
enum TextFunctions {
    static let all: [Builtin] = [
        Builtin("bytes", bytes),
        Builtin("chr", chr),
        Builtin("hash", hash),
        Builtin("ord", ord),
        Builtin("repr", repr),
        Builtin("str", str),
    ]

    static func str(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "str")
        let value = arguments[0]
        if value.isObject(.string) { return value }
        if value.isObject(.bytes) { return try transcoded(value, kind: .string, machine) }
        return try written(value, machine)
    }

    static func repr(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "repr")
        return try written(arguments[0], machine)
    }

    private static func written(_ value: Value, _ machine: Machine) throws(StarlarkError) -> Value {
        var builder = try TextBuilder(machine.heap, capacity: 32)
        defer { builder.discard() }
        try machine.write(value, into: &builder, repr: true)
        return builder.finish()
    }

    /// A string or bytes with U+FFFD for every byte that belongs to no code point.
    static func transcoded(_ value: Value, kind: Kind, _ machine: Machine) throws(StarlarkError) -> Value {
        let bytes = value.bytes
        try machine.spend(bytes: bytes.count)
        if value.isASCII { return try machine.heap.string(bytes, kind: kind, isASCII: true) }
        var builder = try TextBuilder(machine.heap, capacity: bytes.count)
        defer { builder.discard() }
        var index = 0
        while index < bytes.count {
            let (scalar, count) = UTF8Scan.scalar(bytes, at: index)
            try ScalarText.append(scalar, to: &builder)
            index += count
        }
        return builder.finish(kind: kind)
    }

    static func bytes(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requireNoNames("bytes")
        guard arguments.count == 1 else {
            throw StarlarkError(.evaluation, "bytes: got \(arguments.count) arguments, want exactly 1")
        }
        let value = arguments[0]
        if value.isObject(.bytes) { return value }
        if value.isObject(.string) { return try transcoded(value, kind: .bytes, machine) }
        guard ValueIterator.isIterable(value) else {
            throw StarlarkError(
                .evaluation, "bytes: got \(value.typeName), want string, bytes, or iterable of ints")
        }
        return try collected(value, machine)
    }

    /// Bytes from an iterable of integers.
    private static func collected(_ value: Value, _ machine: Machine) throws(StarlarkError) -> Value {
        var builder = try TextBuilder(machine.heap, capacity: ValueIterator.countHint(value))
        defer { builder.discard() }
        var iterator = try ValueIterator.start(value)
        defer { iterator.end() }
        while true {
            try machine.spend(1)
            let item = try iterator.next(machine)
            if item.isUnbound { return builder.finish(kind: .bytes) }
            let place = "bytes: at index \(builder.count)"
            guard item.kind == .integer else {
                throw StarlarkError(.evaluation, "\(place), got \(item.typeName), want int")
            }
            guard item.isSmall, (0...255).contains(item.small) else {
                let number = item.isSmall ? "\(item.small)" : "integer"
                throw StarlarkError(
                    .evaluation, "\(place), \(number) out of range (want value in unsigned 8-bit range)")
            }
            try builder.append(UInt8(item.small))
        }
    }

    static func chr(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "chr")
        let value = arguments[0]
        guard value.kind == .integer else {
            throw StarlarkError(.evaluation, "chr: got \(value.typeName), want int")
        }
        if Numbers.isNegative(value) {
            let number = value.isSmall ? "\(value.small)" : "negative"
            throw StarlarkError(.evaluation, "chr: Unicode code point \(number) out of range (<0)")
        }
        guard value.isSmall, value.small <= 0x10_FFFF else {
            let number = value.isSmall ? "U+" + String(value.small, radix: 16, uppercase: true) : "integer"
            throw StarlarkError(.evaluation, "chr: Unicode code point \(number) out of range (>0x10FFFF)")
        }
        var builder = try TextBuilder(machine.heap, capacity: 4)
        defer { builder.discard() }
        try ScalarText.append(UInt32(value.small), to: &builder)
        return builder.finish()
    }

    static func ord(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "ord")
        let value = arguments[0]
        switch value.kind {
        case .string:
            let bytes = value.bytes
            if !bytes.isEmpty {
                let (scalar, count) = UTF8Scan.scalar(bytes, at: 0)
                if count == bytes.count { return Value(small: Int(scalar)) }
            }
            try machine.spend(bytes: bytes.count)
            let count = codePointCount(bytes)
            throw StarlarkError(.evaluation, "ord: string encodes \(count) Unicode code points, want 1")
        case .bytes:
            guard value.bytes.count == 1 else {
                throw StarlarkError(.evaluation, "ord: bytes has length \(value.bytes.count), want 1")
            }
            return Value(small: Int(value.bytes[0]))
        default: throw StarlarkError(.evaluation, "ord: got \(value.typeName), want string or bytes")
        }
    }

    private static func codePointCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        var index = 0
        while index < bytes.count {
            index += UTF8Scan.scalar(bytes, at: index).count
            count += 1
        }
        return count
    }

    /// A hash that is the same everywhere and for ever: of a string that of Java, of bytes FNV-1a.
    static func hash(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "hash")
        let value = arguments[0]
        switch value.kind {
        case .string:
            try machine.spend(bytes: value.bytes.count)
            return Value(small: Int(javaHash(value.bytes)))
        case .bytes:
            try machine.spend(bytes: value.bytes.count)
            return Value(small: Int(value.bytes.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }))
        default: throw StarlarkError(.evaluation, "hash: got \(value.typeName), want string or bytes")
        }
    }

    private static func javaHash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
        var hash: Int32 = 0
        var index = 0
        while index < bytes.count {
            let (scalar, count) = UTF8Scan.scalar(bytes, at: index)
            hash = hash &* 31 &+ Int32(truncatingIfNeeded: scalar)
            index += count
        }
        return hash
    }
}
