extension Program {
    /// Runs the file's top level and freezes everything it made.
    ///
    /// - Parameters:
    ///   - settings: Limits and what the host provides.
    ///   - predeclared: The values of the predeclared names: the module the file was compiled with, or one with the
    ///     same names.
    ///   - load: Gives the module that a load statement asks for. What it throws becomes a `.load` error; a
    ///     `StarlarkError` of the loaded file keeps its backtrace.
    /// - Throws: what the file failed with.
    public func run(
        _ settings: EvaluationSettings = .init(), predeclared: FrozenModule = .empty,
        load: (LoadRequest) throws -> FrozenModule
    ) throws(StarlarkError) -> FrozenModule {
        try run(settings, since: nil, predeclared: predeclared, load: load)
    }

    /// The same with the time counted from an earlier start.
    func run(
        _ settings: EvaluationSettings, since start: ContinuousClock.Instant?, predeclared: FrozenModule,
        load: (LoadRequest) throws -> FrozenModule
    ) throws(StarlarkError) -> FrozenModule {
        let evaluation = Evaluation(settings)
        let result: Result<FrozenModule, StarlarkError> = withoutActuallyEscaping(load) { load in
            evaluation.loader = load
            defer { evaluation.loader = nil }
            return Result { () throws(StarlarkError) in try run(in: evaluation, since: start, predeclared) }
        }
        return try result.get()
    }

    private func run(
        in evaluation: Evaluation, since start: ContinuousClock.Instant?, _ predeclared: FrozenModule
    ) throws(StarlarkError) -> FrozenModule {
        evaluation.machine.core.pointee.reset(since: start)
        let slots = try makeSlots(in: evaluation, predeclared)
        _ = try runTopLevel(in: evaluation, slots)
        evaluation.heap.freeze()
        return FrozenModule(program: self, slots: slots, heap: evaluation.heap)
    }

    /// The module's variables, unbound, and after them the values of the names it borrows.
    func makeSlots(
        in evaluation: Evaluation, _ predeclared: FrozenModule
    ) throws(StarlarkError) -> UnsafeMutablePointer<Value> {
        let heap = evaluation.heap
        heap.retain(native: self)
        heap.retain(predeclared.heap)
        let count = globals.count + borrowed.count
        let slots = try heap.allocator.allocate(Value.self, count: count)
        slots.update(repeating: .unbound, count: globals.count)
        for (index, name) in borrowed.enumerated() {
            (slots + globals.count + index).initialize(to: try value(of: name, predeclared))
        }
        return slots
    }

    /// Runs the top level over its variables; returns what it returned.
    func runTopLevel(
        in evaluation: Evaluation, _ slots: UnsafeMutablePointer<Value>
    ) throws(StarlarkError) -> Value {
        let heap = evaluation.heap
        let state = try heap.allocator.allocate(ModuleState.self, count: 1)
        state.initialize(to: ModuleState(globals: slots, program: Unmanaged.passUnretained(self)))
        let function = try heap.allocator.function(code, state, defaults: nil, cellCount: 0)
        return try evaluation.machine.callFromHost(
            Value(object: UnsafeMutableRawPointer(function)), Arguments(base: slots, count: 0))
    }

    private func value(of name: BorrowedName, _ predeclared: FrozenModule) throws(StarlarkError) -> Value {
        switch name {
        case .universal(let name): return Library.shared.universals[name] ?? .unbound
        case .predeclared(let name):
            guard let value = predeclared.value(name) else {
                throw StarlarkError(.evaluation, "\(self.name) was compiled with the name \(name), which is not given")
            }
            return value
        }
    }
}
