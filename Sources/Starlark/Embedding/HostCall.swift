/// One call of a host function: its arguments and what it may use.
///
/// Not to be kept after the function returned.
public struct HostCall {
    /// The function's name.
    public let function: String

    /// The evaluation that called; `evaluation.call` calls back into it.
    public let evaluation: Evaluation

    /// The parameters; nil for a variadic function.
    let parameters: [HostParameter]?

    /// One word a parameter, unbound where none was given; of a variadic function the positional arguments, then
    /// the names of the others, then their values.
    ///
    /// What they refer to lives as long as the evaluation.
    let values: [Value]
    let positionalCount: Int

    /// The positional arguments of a variadic function.
    public var positional: [ValueReference] {
        parameters == nil ? values[..<positionalCount].map(evaluation.reference) : []
    }

    /// The named arguments of a variadic function, in order.
    public var named: [(String, ValueReference)] {
        (0..<namedCount).map { (name($0).swiftString, evaluation.reference(namedValue($0))) }
    }

    /// The named arguments of a variadic function as a new dict.
    ///
    /// - Throws: `.memoryLimit`.
    public func namedArguments() throws(StarlarkError) -> ValueReference {
        let machine = evaluation.machine
        let dict = try machine.heap.dict(capacity: namedCount)
        for index in 0..<namedCount {
            let name = name(index)
            try dict.pointee.table.append(name, hash: Hash.string(name), value: namedValue(index), machine.heap)
        }
        return evaluation.reference(Value(object: UnsafeMutableRawPointer(dict)))
    }

    /// How many named arguments a variadic function was given.
    public var namedCount: Int { parameters == nil ? (values.count - positionalCount) / 2 : 0 }
    private func name(_ index: Int) -> Value { values[positionalCount + index] }
    private func namedValue(_ index: Int) -> Value { values[positionalCount + namedCount + index] }

    /// What the host put into the settings.
    public var context: (any Sendable)? { evaluation.settings.context }

    /// The calls being executed, outermost first.
    public var callStack: [StackFrame] { evaluation.machine.callStack() }

    /// The place of the call.
    public var location: SourceLocation? { callStack.last?.location }

    /// Charges work that the host does in this call, so that it counts against the limits of the evaluation.
    ///
    /// - Parameter steps: as many as the work takes times that of a simple operation, some nanoseconds.
    /// - Throws: `.stepLimit`, `.deadline` or `.cancelled`.
    public func spend(steps: Int) throws(StarlarkError) { try evaluation.machine.spend(steps) }

    /// The argument of a parameter; nil when none was given.
    public subscript(name: String) -> ValueReference? {
        guard let index = parameters?.firstIndex(where: { $0.name == name }), !values[index].isUnbound else {
            return nil
        }
        return evaluation.reference(values[index])
    }
}
