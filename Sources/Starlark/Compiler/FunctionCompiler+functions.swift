import StarlarkSyntax

extension FunctionCompiler {
    /// r[target] = a new closure.
    mutating func compileFunction(_ function: FunctionID, into target: Int) throws(StarlarkError) {
        let mark = registersInUse
        let syntax = tree[function]
        let parameters = tree[syntax.parameters]
        let values = parameters.compactMap(\.defaultValue)
        let base = try consecutive(values)
        let number = addFunction(try program.compile(function))
        guard number <= UInt16.max else {
            throw program.tooLarge("too many functions in a function", at: syntax.position)
        }
        emit(Instruction(.closure, a: target, b: number, c: base), syntax.position)
        release(to: mark)
    }

    /// Compiles the whole body; `resolveJumps` and `finish` follow.
    mutating func compileBody() throws(StarlarkError) {
        let syntax = tree[id]
        try checkRegisters()
        for (index, local) in resolved.locals.enumerated() where local.isCell {
            let opcode: Opcode = index < resolved.parameterCount ? .wrapCell : .newCell
            emit(Instruction(opcode, a: index), syntax.position)
        }
        switch syntax.body {
        case .block(let block):
            try compileBlock(block)
            emit(Instruction(.returnNone), syntax.position)
        case .expression(let expression):
            emit(Instruction(.return, a: try operand(expression)), tree.position(of: expression))
        }
    }

    /// Moves the code into the program's heap.
    func finish() throws(StarlarkError) -> UnsafePointer<FunctionCode> {
        let allocator = program.allocator
        // Variables that may be read before they are assigned must be seen to be unbound.
        let cleared = slotsRead.filter { $0 >= resolved.parameterCount }.sorted()
        let prologue = cleared.map { Instruction(.clear, a: $0) }
        let shift = UInt32(prologue.count)
        let code = prologue + instructions
        let positions = positions.enumerated().map { index, entry in
            CodePosition(instruction: index == 0 ? 0 : entry.instruction + shift, offset: entry.offset)
        }
        let loops = loops.map { CodeLoop(start: $0.start + shift, end: $0.end + shift, register: $0.register) }
        var localNames: [Value] = []
        for local in resolved.locals { localNames.append(try program.string(local.symbol)) }
        var freeNames: [Value] = []
        for free in resolved.freeVariables { freeNames.append(try program.string(free.symbol)) }
        let captures = resolved.freeVariables.map { free in
            switch free.source {
            case .cell(let slot): CodeCapture(isFree: false, index: slot)
            case .free(let slot): CodeCapture(isFree: true, index: slot)
            }
        }
        let defaulted = tree[tree[id].parameters].enumerated().filter { $0.element.defaultValue != nil }.map {
            UInt32($0.offset)
        }
        let place = try allocator.allocate(FunctionCode.self, count: 1)
        place.initialize(
            to: FunctionCode(
                instructions: try allocator.copy(code), instructionCount: code.count,
                constants: try allocator.copy(constants.words.map(Value.init(raw:))),
                functions: try allocator.copy(functions),
                name: try name(), registerCount: registerCount, localNames: try allocator.copy(localNames),
                freeNames: try allocator.copy(freeNames), captures: try allocator.buffer(captures),
                defaulted: try allocator.buffer(defaulted), parameterCount: resolved.parameterCount,
                positionalCount: resolved.positionalCount, keywordOnlyCount: resolved.keywordOnlyCount,
                hasStar: resolved.hasStar, hasDoubleStar: resolved.hasDoubleStar,
                isPlain: resolved.positionalCount == resolved.parameterCount,
                allowsRecursion: tree.options.recursion, positions: try allocator.buffer(positions),
                loops: try allocator.buffer(loops), source: Unmanaged.passUnretained(tree.source)))
        return UnsafePointer(place)
    }

    private func name() throws(StarlarkError) -> Value {
        if id == SyntaxTree.topLevel { return try program.string("<toplevel>") }
        guard let name = tree[id].name else { return try program.string("lambda") }
        return try program.string(tree[name].symbol)
    }
}

extension Allocator {
    /// A copy of trivial values in the heap.
    func copy<T: BitwiseCopyable>(_ values: [T]) throws(StarlarkError) -> UnsafePointer<T> {
        let place = try allocate(T.self, count: values.count)
        for (index, value) in values.enumerated() { (place + index).initialize(to: value) }
        return UnsafePointer(place)
    }

    /// A copy of trivial values in the heap.
    func buffer<T: BitwiseCopyable>(_ values: [T]) throws(StarlarkError) -> UnsafeBufferPointer<T> {
        UnsafeBufferPointer(start: try copy(values), count: values.count)
    }
}
