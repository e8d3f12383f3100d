/// Calls functions of frozen modules, with a heap of its own for what they make.
///
/// Not Sendable: one thread at a time. Several evaluations may run functions of the same module at once. Values
/// that calls return stay valid as long as a `ValueReference` to one of them, or the evaluation, exists.
public final class Evaluation {
    /// What the host gave it.
    public let settings: EvaluationSettings

    let heap: Heap
    let machine: Machine
    /// Set while a file runs.
    var loader: ((LoadRequest) throws -> FrozenModule)?

    /// An evaluation with an empty heap.
    public init(_ settings: EvaluationSettings = .init()) {
        self.settings = settings
        heap = Heap(limit: settings.limits.bytesMax)
        machine = Machine(core: .allocate(capacity: 1))
        machine.core.initialize(
            to: MachineCore(
                heap: heap.allocator, limits: settings.limits, cancellation: settings.cancellation,
                evaluation: Unmanaged.passUnretained(self)))
        heap.state.pointee.machine = machine.core
    }

    deinit {
        heap.state.pointee.machine = nil
        machine.core.pointee.free()
        machine.core.deinitialize(count: 1)
        machine.core.deallocate()
    }

    /// Calls a function of a frozen module.
    ///
    /// A call from outside starts with new budgets; a call from a host function that is being called shares those of
    /// the outer call.
    ///
    /// - Throws: what the function failed with, or a limit.
    public func call(
        _ function: FunctionReference, _ positional: [HostValue] = [], named: [(String, HostValue)] = []
    ) throws(StarlarkError) -> ValueReference {
        heap.retain(function.heap)
        return try call(function.value, positional, named)
    }

    /// Calls a value of this evaluation, or of a frozen module: also a function that a file being run defines.
    ///
    /// - Throws: what the function failed with, or a limit; `.host` for a value of another evaluation.
    public func call(
        _ function: ValueReference, _ positional: [HostValue] = [], named: [(String, HostValue)] = []
    ) throws(StarlarkError) -> ValueReference {
        try call(convert(.reference(function)), positional, named)
    }

    private func call(
        _ callee: Value, _ positional: [HostValue], _ named: [(String, HostValue)]
    ) throws(StarlarkError) -> ValueReference {
        let isOutermost = machine.core.pointee.frameCount == 0 && machine.core.pointee.nesting == 0
        if isOutermost { machine.core.pointee.reset() }
        var values: [Value] = []
        for value in positional { values.append(try convert(value)) }
        for (_, value) in named { values.append(try convert(value)) }
        var names: UnsafeMutablePointer<NamesObject>?
        if !named.isEmpty {
            var strings: [Value] = []
            for (name, _) in named { strings.append(try heap.allocator.string(name)) }
            names = try heap.allocator.names(strings)
        }
        let base = try heap.allocator.allocate(Value.self, count: values.count)
        for (index, value) in values.enumerated() { (base + index).initialize(to: value) }
        return reference(
            try machine.callFromHost(callee, Arguments(base: base, count: positional.count, names: names)))
    }

    /// Makes a value in this evaluation's heap, for example a dict that a call fills and the host reads afterwards.
    public func make(_ value: HostValue) throws(StarlarkError) -> ValueReference {
        reference(try convert(value))
    }

    /// Makes a value that no program can change, in a heap of its own that lives as long as this evaluation's.
    ///
    /// - Throws: `.memoryLimit`, and `.host` for a value of another evaluation.
    public func makeFrozen(_ value: HostValue) throws(StarlarkError) -> ValueReference {
        let other = Evaluation(settings)
        let made = try other.convert(value)
        other.heap.freeze()
        heap.retain(other.heap)
        return ValueReference(value: made, heap: other.heap, evaluation: self)
    }

    /// Makes a value of this evaluation, and everything it refers to, immutable.
    ///
    /// - Throws: a limit.
    public func freeze(_ reference: ValueReference) throws(StarlarkError) { try machine.freeze(reference.value) }

    func reference(_ value: Value) -> ValueReference { ValueReference(value: value, heap: heap, evaluation: self) }

    /// Gives the module that a load statement asks for.
    func load(_ request: LoadRequest) throws(StarlarkError) -> FrozenModule {
        guard let loader else { throw StarlarkError(.load, "load not implemented by this application") }
        do {
            return try loader(request)
        } catch let error as StarlarkError {
            throw error
        } catch {
            throw StarlarkError(.load, "\(error)", cause: error)
        }
    }
}
