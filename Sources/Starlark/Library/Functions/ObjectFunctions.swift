/// `dir`, `fail`, `getattr`, `hasattr`, `print`, `type`.
enum ObjectFunctions {
    static let all: [Builtin] = [
        Builtin("dir", dir),
        Builtin("fail", fail),
        Builtin("getattr", getattr),
        Builtin("hasattr", hasattr),
        Builtin("print", print),
        Builtin("type", type),
    ]

    static func type(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "type")
        let name = machine.core.pointee.typeNames[Int(arguments[0].kind.rawValue)]
        return name.isUnbound ? try machine.heap.string(arguments[0].typeName) : name
    }

    static func dir(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "dir")
        let value = arguments[0]
        let fields = value.kind == .structure || value.kind == .record ? value.fieldNames : .init(start: nil, count: 0)
        var bytes = 0
        for name in fields { bytes += 64 + name.string.count }
        try machine.spend(bytes >> 3)
        return try machine.heap.withRoom(bytes: bytes) { () throws(StarlarkError) in
            let names = machine.attributeNames(value)
            let list = try machine.heap.list(capacity: names.count)
            for name in names { try machine.append(machine.heap.string(name), to: list) }
            return Value(list)
        }
    }

    static func getattr(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(2...3, "getattr")
        let name = try arguments.string(at: 1, "getattr")
        let value = try machine.findAttribute(arguments[0], name)
        if !value.isUnbound { return value }
        if arguments.count == 3 { return arguments[2] }
        let text = name.swiftString
        throw StarlarkError(
            .evaluation, "getattr: \(arguments[0].typeName) has no .\(text) field or method",
            suggestion: Spelling.suggestion(for: text, among: machine.attributeNames(arguments[0]), prefix: "."))
    }

    static func hasattr(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(2, "hasattr")
        let name = try arguments.string(at: 1, "hasattr")
        return Value(try !machine.findAttribute(arguments[0], name).isUnbound)
    }

    static func print(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        var builder = try TextBuilder(machine.heap)
        defer { builder.discard() }
        try join(arguments, "print", into: &builder, machine)
        try machine.spend(bytes: builder.count)
        try machine.heap.withRoom(bytes: builder.count) { () throws(StarlarkError) in
            machine.print(String(decoding: builder.written, as: UTF8.self))
        }
        return .none
    }

    static func fail(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        var builder = try TextBuilder(machine.heap)
        defer { builder.discard() }
        try builder.append("fail: ")
        try join(arguments, "fail", into: &builder, machine)
        throw StarlarkError(.evaluation, String(decoding: builder.written, as: UTF8.self))
    }

    /// Writes the arguments with the separator between them.
    private static func join(
        _ arguments: Arguments, _ function: StaticString, into builder: inout TextBuilder, _ machine: Machine
    ) throws(StarlarkError) {
        var separator = Value.unbound
        for index in 0..<arguments.namedCount {
            let (name, value) = arguments.named(index)
            guard name.swiftString == "sep" else {
                let text = name.swiftString
                throw StarlarkError(
                    .evaluation, "\(function): unexpected keyword argument \(text)",
                    suggestion: Spelling.suggestion(for: text, among: ["sep"]))
            }
            guard value.isObject(.string) else {
                throw StarlarkError(.evaluation, "\(function): for parameter sep: got \(value.typeName), want string")
            }
            separator = value
        }
        for index in 0..<arguments.count {
            if index > 0 {
                if separator.isUnbound { try builder.append(UInt8(ascii: " ")) } else { try builder.append(separator) }
            }
            try machine.write(arguments[index], into: &builder, repr: false)
        }
    }
}
