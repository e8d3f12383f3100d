/// The module `json`.
enum JSONModule {
    static let functions: [Builtin] = [
        Builtin("decode", decode),
        Builtin("encode", encode),
        Builtin("encode_indent", encodeIndent),
        Builtin("indent", indent),
    ]

    static func encode(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        try arguments.requirePositional(1, "json.encode")
        var text = try JSONEncoder.encode(arguments[0], "json.encode", machine)
        return text.finish()
    }

    static func encodeIndent(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        let style = try Style(arguments, "json.encode_indent")
        var text = try JSONEncoder.encode(arguments[0], "json.encode_indent", machine)
        defer { text.discard() }
        return try JSONIndenter.indent(text.written, prefix: style.prefix, unit: style.unit, machine)
    }

    static func indent(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        let style = try Style(arguments, "json.indent")
        let text = try arguments.string(at: 0, "json.indent")
        if case .failure(let failure) = try JSONDecoder.decode(text, machine) {
            throw StarlarkError(
                .evaluation, "json.indent: invalid character at offset \(failure.offset): \(failure.reason)")
        }
        return try JSONIndenter.indent(text.bytes, prefix: style.prefix, unit: style.unit, machine)
    }

    private static let decodeSignature = Signature("json.decode", ["x", "default"], required: 1, positionalOnly: 1)

    static func decode(_ machine: Machine, _: Value, _ arguments: Arguments) throws(StarlarkError) -> Value {
        let bound = try decodeSignature.bind(arguments)
        guard bound[0].isObject(.string) else {
            throw StarlarkError(
                .evaluation, "json.decode: for parameter x: got \(bound[0].typeName), want string")
        }
        switch try JSONDecoder.decode(bound[0], machine) {
        case .success(let value): return value
        case .failure(let failure):
            if !bound[1].isUnbound { return bound[1] }
            throw StarlarkError(.evaluation, "json.decode: at offset \(failure.offset), \(failure.reason)")
        }
    }

    /// The arguments `prefix` and `indent`, given by name after one positional argument.
    private struct Style {
        var prefix = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        var unit: UnsafeBufferPointer<UInt8>

        private static let tab = StaticString("\t")

        init(_ arguments: Arguments, _ function: StaticString) throws(StarlarkError) {
            guard arguments.count == 1 else {
                throw StarlarkError(.evaluation, "\(function): got \(arguments.count) arguments, want 1")
            }
            unit = UnsafeBufferPointer(start: Style.tab.utf8Start, count: 1)
            for index in 0..<arguments.namedCount {
                let (name, value) = arguments.named(index)
                let text = name.swiftString
                guard text == "prefix" || text == "indent" else {
                    throw StarlarkError(
                        .evaluation, "\(function): unexpected keyword argument \(text)",
                        suggestion: Spelling.suggestion(for: text, among: ["prefix", "indent"]))
                }
                guard value.isObject(.string) else {
                    throw StarlarkError(
                        .evaluation, "\(function): for parameter \(text): got \(value.typeName), want string")
                }
                if text == "prefix" { prefix = value.bytes } else { unit = value.bytes }
            }
        }
    }
}
