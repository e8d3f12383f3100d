/// Typed access to arguments. Each throws `.evaluation` naming the parameter when the value has another type.
extension HostCall {
    /// A string argument.
    public func string(_ name: String) throws(StarlarkError) -> String {
        let value = try required(name)
        guard let string = value.string else { throw wrongType(name, value, "string") }
        return string
    }

    /// A string argument, or the default when it is not given or None.
    public func string(_ name: String, default fallback: String) throws(StarlarkError) -> String {
        isGiven(name) ? try string(name) : fallback
    }

    /// A bool argument, or the default when it is not given or None.
    public func bool(_ name: String, default fallback: Bool) throws(StarlarkError) -> Bool {
        guard isGiven(name) else { return fallback }
        let value = try required(name)
        guard let bool = value.bool else { throw wrongType(name, value, "bool") }
        return bool
    }

    /// An integer argument.
    public func int(_ name: String) throws(StarlarkError) -> Int {
        let value = try required(name)
        guard let int = value.int else { throw wrongType(name, value, "int") }
        return int
    }

    /// An integer argument, or the default when it is not given or None.
    public func int(_ name: String, default fallback: Int) throws(StarlarkError) -> Int {
        isGiven(name) ? try int(name) : fallback
    }

    /// A JSON-like argument.
    public func data(_ name: String) throws(StarlarkError) -> StarlarkData {
        do throws(StarlarkError) {
            return try required(name).data()
        } catch {
            throw error.prefixed("\(function): for parameter \"\(name)\": ")
        }
    }

    /// A JSON-like argument, or the default when it is not given.
    public func data(_ name: String, default fallback: StarlarkData) throws(StarlarkError) -> StarlarkData {
        self[name] == nil ? fallback : try data(name)
    }

    /// A function of a frozen module.
    public func function(_ name: String) throws(StarlarkError) -> FunctionReference {
        let value = try required(name)
        if let function = value.function { return function }
        if value.isFunction {
            throw StarlarkError(
                .evaluation,
                "\(function): for parameter \"\(name)\": the function must be defined at the top level of a file")
        }
        throw wrongType(name, value, "function")
    }

    private func isGiven(_ name: String) -> Bool { self[name].map { !$0.isNone } ?? false }

    private func required(_ name: String) throws(StarlarkError) -> ValueReference {
        guard let value = self[name] else {
            throw StarlarkError(.evaluation, "\(function): missing argument for \(name)")
        }
        return value
    }

    private func wrongType(_ name: String, _ value: ValueReference, _ want: String) -> StarlarkError {
        StarlarkError(.evaluation, "\(function): for parameter \"\(name)\": got \(value.typeName), want \(want)")
    }
}
