/// `str` and `repr`.
extension Machine {
    /// What `repr(x)` returns, as a Swift string: for messages.
    ///
    /// Long texts are cut.
    func repr(_ value: Value) throws(StarlarkError) -> String {
        var builder = try TextBuilder(heap)
        defer { builder.discard() }
        try write(value, into: &builder, repr: true)
        return String(decoding: builder.written.prefix(1000), as: UTF8.self) + (builder.count > 1000 ? "…" : "")
    }

    /// `str(x)` as a value: a string is itself.
    func text(_ value: Value, repr: Bool) throws(StarlarkError) -> Value {
        if value.kind == .string, !repr { return value }
        var builder = try TextBuilder(heap)
        try write(value, into: &builder, repr: repr)
        return builder.finish()
    }

    /// Appends `str(x)` or `repr(x)`.
    ///
    /// Values of any depth are written without recursion.
    func write(_ value: Value, into builder: inout TextBuilder, repr: Bool) throws(StarlarkError) {
        if !repr, value.kind == .string {
            try builder.append(value)
            return
        }
        if try writeLeaf(value, into: &builder) { return }
        var writer = ContainerWriter(self)
        defer { writer.free() }
        try writer.write(value, into: &builder)
    }

    /// Writes a value without parts; false when it has parts.
    func writeLeaf(_ value: Value, into builder: inout TextBuilder) throws(StarlarkError) -> Bool {
        switch value.kind {
        case .none: try builder.append(value.isUnbound ? "<unbound>" : "None")
        case .bool: try builder.append(value.isTrue ? "True" : "False")
        case .integer: try writeInteger(value, into: &builder)
        case .float: try builder.append(FloatText.shortest(value.float))
        case .string, .bytes: try TextQuoting.write(value, into: &builder, self)
        case .range: try writeRange(value.range, into: &builder)
        case .function:
            try builder.append("<function ")
            try builder.append(value.function.pointee.code.pointee.name)
            try builder.append(">")
        case .builtin: try builder.append("<built-in function \(value.builtin.pointee.name)>")
        case .boundMethod:
            let method = value.boundMethod
            let type = method.receiver.typeName
            try builder.append("<built-in method \(method.builtin.pointee.name) of \(type) value>")
        case .record:
            guard let name = value.recordName else { return false }
            try builder.append("<\(value.typeName) ")
            try TextQuoting.write(name, into: &builder, self)
            try builder.append(">")
        case .native: try builder.append(value.native.type.takeUnretainedValue().text(value.native))
        case .view:
            let view = value.view
            try TextQuoting.write(view.source, into: &builder, self)
            try builder.append(view.methodName)
        case .cell, .names: try builder.append("<internal>")
        case .tuple, .list, .dict, .set, .structure: return false
        }
        return true
    }

    private func writeInteger(_ value: Value, into builder: inout TextBuilder) throws(StarlarkError) {
        if value.isSmall {
            try builder.append(decimal: value.small)
            return
        }
        try IntegerDigits.append(value, radix: 10, isUpper: false, to: &builder, self)
    }

    private func writeRange(_ range: RangeObject, into builder: inout TextBuilder) throws(StarlarkError) {
        if range.step != 1 {
            try builder.append("range(\(range.start), \(range.stop), \(range.step))")
        } else if range.start != 0 {
            try builder.append("range(\(range.start), \(range.stop))")
        } else {
            try builder.append("range(\(range.stop))")
        }
    }
}
