extension HostFunction {
    /// Sorts the arguments of a call into the parameters; unbound where none was given.
    private func bind(_ arguments: Arguments, _ parameters: [HostParameter]) throws(StarlarkError) -> [Value] {
        var bound = [Value](repeating: .unbound, count: parameters.count)
        let positional = parameters.prefix { !$0.isKeywordOnly }.count
        guard arguments.count <= positional else {
            throw StarlarkError(.evaluation, "\(name): got \(arguments.count) arguments, want at most \(positional)")
        }
        for index in 0..<arguments.count { bound[index] = arguments[index] }
        for index in 0..<arguments.namedCount {
            let (key, value) = arguments.named(index)
            let text = key.swiftString
            guard let place = parameters.firstIndex(where: { $0.name == text }) else {
                throw StarlarkError(
                    .evaluation, "\(name): unexpected keyword argument \"\(text)\"",
                    suggestion: Spelling.suggestion(for: text, among: parameters.map(\.name)))
            }
            guard bound[place].isUnbound else {
                throw StarlarkError(.evaluation, "\(name): got multiple values for parameter \"\(text)\"")
            }
            bound[place] = value
        }
        for (index, parameter) in parameters.enumerated() where parameter.isRequired && bound[index].isUnbound {
            throw StarlarkError(.evaluation, "\(name): missing argument for \(parameter.name)")
        }
        return bound
    }

    /// All arguments: positional ones, names, values of the names.
    private func collect(_ arguments: Arguments) -> [Value] {
        let named = arguments.namedCount
        return [Value](unsafeUninitializedCapacity: arguments.count + 2 * named) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            base.update(from: arguments.base, count: arguments.count)
            if let names = arguments.names {
                (base + arguments.count).update(from: NamesObject.items(names), count: named)
            }
            (base + arguments.count + named).update(from: arguments.base + arguments.count, count: named)
            count = arguments.count + 2 * named
        }
    }

    /// The function as a builtin of a heap; the heap keeps the closure alive.
    func value(in heap: Heap) throws(StarlarkError) -> Value {
        let function = self
        let builtin = HostBuiltin(
            Builtin(name) { (machine, _, arguments) throws(StarlarkError) in
                try function.call(machine, arguments)
            })
        // The closure with what holds it; the host answers for what the closure itself keeps.
        try heap.state.pointee.charge(256)
        heap.retain(native: builtin)
        return try heap.allocator.builtin(UnsafePointer(builtin.pointer))
    }

    private func call(_ machine: Machine, _ arguments: Arguments) throws(StarlarkError) -> Value {
        let values = try parameters.map { (parameters) throws(StarlarkError) in try bind(arguments, parameters) }
        let evaluation = machine.evaluation
        let call = HostCall(
            function: name, evaluation: evaluation, parameters: parameters, values: values ?? collect(arguments),
            positionalCount: arguments.count)
        do {
            return try evaluation.convert(try body(call))
        } catch let error as StarlarkError {
            throw error
        } catch {
            throw StarlarkError(.host, "\(name): \(error)", cause: error)
        }
    }
}
