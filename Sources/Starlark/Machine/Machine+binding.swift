/// Sorting the arguments of a call into the parameters of a Starlark function.
extension Machine {
    /// Fills the parameters' registers.
    func bind(
        _ function: UnsafeMutablePointer<FunctionObject>, _ arguments: Arguments,
        to registers: UnsafeMutablePointer<Value>
    ) throws(StarlarkError) {
        let code = function.pointee.code
        let positional = code.pointee.positionalCount
        let ordinary = positional + code.pointee.keywordOnlyCount
        let parameters = code.pointee.parameterCount
        if arguments.count > positional, !code.pointee.hasStar { throw tooMany(code, arguments) }
        let given = min(arguments.count, positional)
        registers.update(from: arguments.base, count: given)
        (registers + given).update(repeating: .unbound, count: parameters - given)
        if code.pointee.hasStar {
            let rest = UnsafeBufferPointer(start: arguments.base + given, count: arguments.count - given)
            registers[positional] = try heap.tuple(rest)
        }
        if code.pointee.hasDoubleStar {
            let others = try heap.dict(capacity: arguments.namedCount)
            registers[parameters - 1] = Value(object: UnsafeMutableRawPointer(others))
        }
        if arguments.names != nil { try bindNamed(code, arguments, to: registers) }
        // A parameter after *args stands one slot later.
        let skipped = code.pointee.hasStar ? positional : -1
        var missing: [String] = []
        for index in given..<max(given, ordinary + (skipped >= 0 ? 1 : 0)) where index != skipped {
            guard registers[index].isUnbound else { continue }
            let fallback = function.pointee.defaults?[index] ?? .unbound
            if fallback.isUnbound { missing.append(code.pointee.localNames[index].swiftString) }
            registers[index] = fallback
        }
        if !missing.isEmpty { throw self.missing(code, missing) }
    }

    private func bindNamed(
        _ code: UnsafePointer<FunctionCode>, _ arguments: Arguments, to registers: UnsafeMutablePointer<Value>
    ) throws(StarlarkError) {
        guard let names = arguments.names else { return }
        let items = NamesObject.items(names)
        for index in 0..<names.pointee.count {
            let name = items[index]
            let value = arguments.base[arguments.count + index]
            let slot = parameter(name, code)
            if slot >= 0 {
                guard registers[slot].isUnbound else { throw try repeated(code, name) }
                registers[slot] = value
                continue
            }
            guard code.pointee.hasDoubleStar else { throw try unexpected(code, name) }
            let others = registers[code.pointee.parameterCount - 1].dict
            let hash = Hash.string(name)
            if try others.pointee.table.find(name, hash: hash, self) >= 0 { throw try repeated(code, name) }
            try others.pointee.table.append(name, hash: hash, value: value, heap)
        }
    }

    /// The slot of the parameter that can be given by that name, or -1.
    @inline(__always)
    private func parameter(_ name: Value, _ code: UnsafePointer<FunctionCode>) -> Int {
        let count = code.pointee.parameterCount - (code.pointee.hasDoubleStar ? 1 : 0)
        let star = code.pointee.hasStar ? code.pointee.positionalCount : -1
        let names = code.pointee.localNames
        for index in 0..<count where names[index].raw == name.raw && index != star { return index }
        let hash = Hash.string(name)
        for index in 0..<count where Hash.string(names[index]) == hash && index != star {
            if Equality.sameBytes(names[index], name) { return index }
        }
        return -1
    }

    private func tooMany(_ code: UnsafePointer<FunctionCode>, _ arguments: Arguments) -> StarlarkError {
        let name = code.pointee.name.swiftString
        if code.pointee.parameterCount == 0 {
            let count = arguments.count + arguments.namedCount
            return StarlarkError(.evaluation, "function \(name) accepts no arguments (\(count) given)")
        }
        let positional = code.pointee.positionalCount
        let atMost = code.pointee.defaulted.contains { $0 < positional } ? "at most " : ""
        return StarlarkError(
            .evaluation,
            "function \(name) accepts \(atMost)\(positional) positional argument\(positional == 1 ? "" : "s") "
                + "(\(arguments.count) given)")
    }

    private func missing(_ code: UnsafePointer<FunctionCode>, _ names: [String]) -> StarlarkError {
        StarlarkError(
            .evaluation,
            "function \(code.pointee.name.swiftString) missing \(names.count) argument\(names.count == 1 ? "" : "s") "
                + "(\(names.joined(separator: ", ")))")
    }

    private func repeated(_ code: UnsafePointer<FunctionCode>, _ name: Value) throws(StarlarkError) -> StarlarkError {
        StarlarkError(
            .evaluation,
            "function \(code.pointee.name.swiftString) got multiple values for parameter \(try repr(name))")
    }

    private func unexpected(_ code: UnsafePointer<FunctionCode>, _ name: Value) throws(StarlarkError) -> StarlarkError {
        let function = code.pointee.name.swiftString
        if code.pointee.parameterCount == 0 {
            return StarlarkError(.evaluation, "function \(function) accepts no arguments (1 given)")
        }
        let star = code.pointee.hasStar ? code.pointee.positionalCount : -1
        let known = (0..<code.pointee.parameterCount).filter { $0 != star }.map {
            code.pointee.localNames[$0].swiftString
        }
        return StarlarkError(
            .evaluation, "function \(function) got an unexpected keyword argument \(try repr(name))",
            suggestion: Spelling.suggestion(for: name.swiftString, among: known))
    }
}
