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
        try compileParameterTypes()
        for (index, local) in resolved.locals.enumerated() where local.isCell {
            let opcode: Opcode = index < resolved.parameterCount ? .wrapCell : .newCell
            emit(Instruction(opcode, a: index), syntax.position)
        }
        switch syntax.body {
        case .block(let block):
            if program.answers, id == SyntaxTree.topLevel, let last = tree[block].last,
                case .expression(let answer) = tree[last]
            {
                try compileBlock(Block(start: Int(block.start), count: Int(block.count) - 1))
                emit(Instruction(.return, a: try operand(answer)), tree.position(of: answer))
            } else {
                try compileBlock(block)
                try compileEnd(at: syntax.position)
            }
        case .expression(let expression):
            emit(Instruction(.return, a: try operand(expression)), tree.position(of: expression))
        }
    }

    /// The end of a body returns None.
    private mutating func compileEnd(at position: UInt32) throws(StarlarkError) {
        if tree[id].returnType != nil {
            let register = try allocate()
            load(.none, into: register, position)
            try compileResultType(register, position)
        }
        emit(Instruction(.returnNone), position)
    }

    /// Moves the code into the program's heap.
    mutating func finish() throws(StarlarkError) -> UnsafePointer<FunctionCode> {
        let allocator = program.allocator
        if !slotsRead.isEmpty { clearSlots() }
        let captures = resolved.freeVariables.map { free in
            switch free.source {
            case .cell(let slot): CodeCapture(isFree: false, index: slot)
            case .free(let slot): CodeCapture(isFree: true, index: slot)
            }
        }
        var defaulted: [UInt32] = []
        for (index, parameter) in tree[tree[id].parameters].enumerated() where parameter.defaultValue != nil {
            defaulted.append(UInt32(index))
        }
        let localNames = try allocator.allocate(Value.self, count: localCount)
        for (index, local) in resolved.locals.enumerated() { localNames[index] = try program.string(local.symbol) }
        let freeNames = try allocator.allocate(Value.self, count: resolved.freeVariables.count)
        for (index, free) in resolved.freeVariables.enumerated() { freeNames[index] = try program.string(free.symbol) }
        let place = try allocator.allocate(FunctionCode.self, count: 1)
        place.initialize(
            to: FunctionCode(
                instructions: try allocator.copy(instructions), instructionCount: instructions.count,
                constants: try copyConstants(allocator),
                functions: try allocator.copy(functions),
                name: try name(), registerCount: registerCount, localNames: UnsafePointer(localNames),
                freeNames: UnsafePointer(freeNames), captures: try allocator.buffer(captures),
                defaulted: try allocator.buffer(defaulted), parameterCount: resolved.parameterCount,
                positionalCount: resolved.positionalCount, keywordOnlyCount: resolved.keywordOnlyCount,
                hasStar: resolved.hasStar, hasDoubleStar: resolved.hasDoubleStar,
                isPlain: resolved.positionalCount == resolved.parameterCount,
                allowsRecursion: tree.options.recursion, positions: try allocator.buffer(positions),
                loops: try allocator.buffer(loops), source: Unmanaged.passUnretained(tree.source)))
        return UnsafePointer(place)
    }

    /// Puts instructions before all others that make the variables unbound which may be read before their assignment.
    private mutating func clearSlots() {
        let cleared = slotsRead.filter { $0 >= resolved.parameterCount }.sorted()
        prepend(cleared.map { Instruction(.clear, a: $0) })
    }

    private func copyConstants(_ allocator: Allocator) throws(StarlarkError) -> UnsafePointer<Value> {
        let place = try allocator.allocate(Value.self, count: constants.words.count)
        for (index, word) in constants.words.enumerated() { place[index] = Value(raw: word) }
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
