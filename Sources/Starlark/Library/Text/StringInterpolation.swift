/// `format % argument`.
struct StringInterpolation {
    private let machine: Machine
    private let format: UnsafeBufferPointer<UInt8>
    private let argument: Value
    /// The positional arguments.
    private let count: Int
    private var used = 0
    private var index = 0
    private var builder: TextBuilder

    /// Formats an argument, or the items of a tuple, or the values of a dict.
    static func interpolate(
        _ machine: Machine, _ format: Value, _ argument: Value
    ) throws(StarlarkError) -> Value {
        var state = try StringInterpolation(machine, format, argument)
        defer { state.builder.discard() }
        return try state.run()
    }

    private init(_ machine: Machine, _ format: Value, _ argument: Value) throws(StarlarkError) {
        self.machine = machine
        self.format = format.bytes
        self.argument = argument
        count = argument.kind == .tuple ? argument.tupleItems.count : 1
        builder = try TextBuilder(machine.heap, capacity: format.string.count + 16)
    }

    private mutating func run() throws(StarlarkError) -> Value {
        try machine.spend(bytes: format.count)
        while index < format.count {
            let start = index
            while index < format.count, format[index] != UInt8(ascii: "%") { index += 1 }
            try builder.append(UnsafeBufferPointer(rebasing: format[start..<index]))
            guard index < format.count else { break }
            index += 1
            if index < format.count, format[index] == UInt8(ascii: "%") {
                try builder.append(UInt8(ascii: "%"))
                index += 1
                continue
            }
            try machine.spend(1)
            let value = try nextArgument()
            guard index < format.count else { throw StarlarkError(.evaluation, "incomplete format") }
            try convert(value, format[index])
            index += 1
        }
        if used < count, argument.kind != .dict {
            throw StarlarkError(.evaluation, "too many arguments for format string")
        }
        return builder.finish()
    }

    private mutating func nextArgument() throws(StarlarkError) -> Value {
        guard index < format.count, format[index] == UInt8(ascii: "(") else {
            guard used < count else {
                throw StarlarkError(.evaluation, "not enough arguments for format string")
            }
            used += 1
            return argument.kind == .tuple ? argument.tupleItems[used - 1] : argument
        }
        let start = index + 1
        guard let end = format[start...].firstIndex(of: UInt8(ascii: ")")) else {
            throw StarlarkError(.evaluation, "incomplete format key")
        }
        index = end + 1
        guard argument.kind == .dict else { throw StarlarkError(.evaluation, "format requires a mapping") }
        let key = try machine.heap.string(UnsafeBufferPointer(rebasing: format[start..<end]))
        let value = try machine.lookUp(key, in: argument.dict)
        if value.isUnbound { throw StarlarkError(.evaluation, "key not found: \(key.swiftString)") }
        used += 1
        return value
    }

    private mutating func convert(_ value: Value, _ conversion: UInt8) throws(StarlarkError) {
        switch conversion {
        case UInt8(ascii: "s"):
            if value.isObject(.string) {
                try builder.append(value)
            } else {
                try machine.write(value, into: &builder, repr: true)
            }
        case UInt8(ascii: "r"): try machine.write(value, into: &builder, repr: true)
        case UInt8(ascii: "d"), UInt8(ascii: "i"): try appendInteger(value, conversion, radix: 10)
        case UInt8(ascii: "o"): try appendInteger(value, conversion, radix: 8)
        case UInt8(ascii: "x"), UInt8(ascii: "X"): try appendInteger(value, conversion, radix: 16)
        case UInt8(ascii: "e"), UInt8(ascii: "f"), UInt8(ascii: "g"), UInt8(ascii: "E"), UInt8(ascii: "F"),
            UInt8(ascii: "G"):
            try appendFloat(value, conversion)
        case UInt8(ascii: "c"): try appendCharacter(value)
        case UInt8(ascii: "%"): try builder.append(conversion)
        default:
            let (scalar, _) = UTF8Scan.scalar(format, at: index)
            let character = Unicode.Scalar(scalar).map { String($0) } ?? "?"
            throw StarlarkError(.evaluation, "unknown conversion %\(character)")
        }
    }

    private func letter(_ conversion: UInt8) -> String { String(Unicode.Scalar(conversion)) }

    private mutating func appendInteger(
        _ value: Value, _ conversion: UInt8, radix: Int
    ) throws(StarlarkError) {
        let number: Value
        do throws(StarlarkError) {
            number = try NumberText.integer(value, machine, "")
        } catch {
            let reason = error.message.drop { $0 == ":" || $0 == " " }
            throw StarlarkError(.evaluation, "%\(letter(conversion)) format requires integer: \(reason)")
        }
        let isUpper = conversion == UInt8(ascii: "X")
        try IntegerText.append(number, radix: radix, isUpper: isUpper, to: &builder, machine)
    }

    private mutating func appendFloat(_ value: Value, _ conversion: UInt8) throws(StarlarkError) {
        guard value.kind == .float || value.kind == .integer else {
            throw StarlarkError(
                .evaluation, "%\(letter(conversion)) format requires float, not \(value.typeName)")
        }
        try machine.spend(32)
        try FloatText.append(NumberText.float(value), conversion: conversion, to: &builder)
    }

    private mutating func appendCharacter(_ value: Value) throws(StarlarkError) {
        switch value.kind {
        case .integer:
            guard value.isSmall, (0...0x10_FFFF).contains(value.small) else {
                throw StarlarkError(.evaluation, "%c format requires a valid Unicode code point, got \(shown(value))")
            }
            try ScalarText.append(UInt32(value.small), to: &builder)
        case .string:
            let bytes = value.bytes
            guard !bytes.isEmpty, UTF8Scan.scalar(bytes, at: 0).count == bytes.count else {
                throw StarlarkError(.evaluation, "%c format requires a single-character string")
            }
            try builder.append(value)
        default:
            throw StarlarkError(
                .evaluation, "%c format requires int or single-character string, not \(value.typeName)")
        }
    }

    private func shown(_ value: Value) -> String { value.isSmall ? "\(value.small)" : "a larger int" }
}
