/// `format.format(…)`.
struct BraceFormat {
    private let machine: Machine
    private let format: UnsafeBufferPointer<UInt8>
    private let arguments: Arguments
    private var isAutomatic = false
    private var isManual = false
    private var used = 0
    private var builder: TextBuilder

    /// Replaces the fields of a format with the arguments.
    static func format(_ machine: Machine, _ format: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        let builder = try TextBuilder(machine.heap, capacity: format.string.count + 16)
        var state = BraceFormat(machine: machine, format: format.bytes, arguments: arguments, builder: builder)
        defer { state.builder.discard() }
        return try state.run()
    }

    private init(
        machine: Machine, format: UnsafeBufferPointer<UInt8>, arguments: Arguments, builder: TextBuilder
    ) {
        self.machine = machine
        self.format = format
        self.arguments = arguments
        self.builder = builder
    }

    private mutating func run() throws(StarlarkError) -> Value {
        try machine.spend(bytes: format.count)
        var index = 0
        while index < format.count {
            let byte = format[index]
            let isDoubled = index + 1 < format.count && format[index + 1] == byte
            if byte == UInt8(ascii: "{"), !isDoubled {
                index = try appendField(from: index + 1)
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
                guard isDoubled else { throw failure("single '}' in format") }
                try builder.append(byte)
                index += 2
            } else {
                let start = index
                while index < format.count, format[index] != UInt8(ascii: "{"), format[index] != UInt8(ascii: "}") {
                    index += 1
                }
                try builder.append(UnsafeBufferPointer(rebasing: format[start..<index]))
            }
        }
        return builder.finish()
    }

    /// Writes what the field between braces stands for; returns the index after it.
    private mutating func appendField(from start: Int) throws(StarlarkError) -> Int {
        guard let end = format[start...].firstIndex(of: UInt8(ascii: "}")) else {
            throw failure("unmatched '{' in format")
        }
        try machine.spend(1)
        let field = format[start..<end]
        var name = field
        var conversion = field[end..<end]
        var isConverted = false
        var rest = field[end..<end]
        if let bang = field.firstIndex(of: UInt8(ascii: "!")) {
            name = field[start..<bang]
            isConverted = true
            let after = field[(bang + 1)...]
            let colon = after.firstIndex(of: UInt8(ascii: ":"))
            conversion = after[..<(colon ?? end)]
            rest = colon.map { after[($0 + 1)...] } ?? rest
        } else if let colon = field.firstIndex(of: UInt8(ascii: ":")) {
            name = field[start..<colon]
            rest = field[(colon + 1)...]
        }
        let value = try argument(UnsafeBufferPointer(rebasing: name))
        if !rest.isEmpty {
            throw StarlarkError(
                .evaluation, "format spec features not supported in replacement fields: \(shown(rest))")
        }
        try append(value, isConverted ? conversion : nil)
        return end + 1
    }

    private mutating func append(
        _ value: Value, _ conversion: Slice<UnsafeBufferPointer<UInt8>>?
    ) throws(StarlarkError) {
        let letter = conversion.map { $0.count == 1 ? $0[$0.startIndex] : 0 } ?? UInt8(ascii: "s")
        switch letter {
        case UInt8(ascii: "s"):
            if value.isObject(.string) {
                try builder.append(value)
            } else {
                try machine.write(value, into: &builder, repr: true)
            }
        case UInt8(ascii: "r"): try machine.write(value, into: &builder, repr: true)
        default: throw failure("unknown conversion \"\(conversion.map { shown($0) } ?? "")\"")
        }
    }

    private mutating func argument(_ name: UnsafeBufferPointer<UInt8>) throws(StarlarkError) -> Value {
        if name.isEmpty {
            if isManual {
                throw failure("cannot switch from manual field specification to automatic field numbering")
            }
            isAutomatic = true
            used += 1
            return try positional(used - 1)
        }
        if let number = BraceFormat.decimal(name) {
            if isAutomatic {
                throw failure("cannot switch from automatic field numbering to manual field specification")
            }
            isManual = true
            return try positional(number)
        }
        try machine.spend(arguments.namedCount >> 3)
        for index in 0..<arguments.namedCount {
            let (key, value) = arguments.named(index)
            if ByteCompare.order(key.bytes, name) == 0 { return value }
        }
        throw missing(name)
    }

    private func positional(_ index: Int) throws(StarlarkError) -> Value {
        guard index < arguments.count else { throw failure("tuple index out of range") }
        return arguments[index]
    }

    private func missing(_ name: UnsafeBufferPointer<UInt8>) -> StarlarkError {
        let text = shown(name[...])
        if name.contains(UInt8(ascii: ".")) {
            return failure("attribute syntax x.y is not supported in replacement fields: \(text)")
        }
        if name.contains(UInt8(ascii: "[")) {
            return failure("element syntax a[i] is not supported in replacement fields: \(text)")
        }
        if name.contains(UInt8(ascii: "{")) { return failure("nested replacement fields not supported") }
        return failure("keyword \(text) not found")
    }

    private func failure(_ message: String) -> StarlarkError { StarlarkError(.evaluation, "format: \(message)") }

    private func shown(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        String(decoding: bytes.prefix(100), as: UTF8.self)
    }

    private static func decimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var number = 0
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39, number < Int(Int32.max) else { return nil }
            number = number * 10 + Int(byte) - 0x30
        }
        return number
    }
}
