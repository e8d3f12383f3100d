extension HostFunction {
    /// Sorts the arguments of a call into the parameters.
    func bind(_ arguments: Arguments, _ evaluation: Evaluation) throws(StarlarkError) -> [String: ValueReference] {
        guard let parameters else { return [:] }
        var bound: [String: ValueReference] = [:]
        let positional = parameters.filter { !$0.isKeywordOnly }
        guard arguments.count <= positional.count else {
            throw StarlarkError(
                .evaluation, "\(name): got \(arguments.count) arguments, want at most \(positional.count)")
        }
        for (index, value) in arguments.positional.enumerated() {
            bound[positional[index].name] = evaluation.reference(value)
        }
        for index in 0..<arguments.namedCount {
            let (key, value) = arguments.named(index)
            let text = key.swiftString
            guard parameters.contains(where: { $0.name == text }) else {
                throw StarlarkError(
                    .evaluation, "\(name): unexpected keyword argument \"\(text)\"",
                    suggestion: Spelling.suggestion(for: text, among: parameters.map(\.name)))
            }
            guard bound.updateValue(evaluation.reference(value), forKey: text) == nil else {
                throw StarlarkError(.evaluation, "\(name): got multiple values for parameter \"\(text)\"")
            }
        }
        for parameter in parameters where parameter.isRequired && bound[parameter.name] == nil {
            throw StarlarkError(.evaluation, "\(name): missing argument for \(parameter.name)")
        }
        return bound
    }

    /// The function as a builtin of a heap; the heap keeps the closure alive.
    func value(in heap: Heap) throws(StarlarkError) -> Value {
        let function = self
        let builtin = HostBuiltin(
            Builtin(name) { (machine, _, arguments) throws(StarlarkError) in
                try function.call(machine, arguments)
            })
        heap.retain(native: builtin)
        return try heap.allocator.builtin(UnsafePointer(builtin.pointer))
    }

    private func call(_ machine: Machine, _ arguments: Arguments) throws(StarlarkError) -> Value {
        let evaluation = machine.evaluation
        let call = HostCall(
            function: name, evaluation: evaluation, arguments: try bind(arguments, evaluation),
            positional: parameters == nil ? arguments.positional.map(evaluation.reference) : [],
            named: parameters == nil ? HostFunction.named(arguments, evaluation) : [])
        do {
            return try evaluation.convert(try body(call))
        } catch let error as StarlarkError {
            throw error
        } catch {
            throw StarlarkError(.host, "\(name): \(error)", cause: error)
        }
    }

    private static func named(_ arguments: Arguments, _ evaluation: Evaluation) -> [(String, ValueReference)] {
        (0..<arguments.namedCount).map { index in
            let (name, value) = arguments.named(index)
            return (name.swiftString, evaluation.reference(value))
        }
    }
}
