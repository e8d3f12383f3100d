import StarlarkSyntax

extension FunctionCompiler {
    /// Starts a loop; what is compiled until `closeLoop` is its body.
    mutating func openLoop(
        over iterable: ExpressionID, assigning target: ExpressionID, at position: UInt32
    ) throws(StarlarkError) -> LoopCode {
        let isRange: Bool
        let state: Int
        if let arguments = rangeArguments(iterable) {
            isRange = true
            state = try allocate(3)
            let mark = registersInUse
            let base = try consecutive(arguments)
            emit(
                Instruction(.range, flag: UInt8(arguments.count), a: state, b: base), tree.position(of: iterable))
            release(to: mark)
        } else {
            isRange = false
            state = try allocate(4)
            let mark = registersInUse
            let source = try operand(iterable)
            emit(Instruction(.iterate, a: state, b: source), tree.position(of: iterable))
            release(to: mark)
        }
        let simple = localSlot(target)
        var variable = simple ?? -1
        if simple == nil { variable = try allocate() }
        let loop = LoopCode(
            state: state, isRange: isRange, variable: variable, body: makeLabel(), next: makeLabel(),
            exit: makeLabel(), start: instructions.count)
        emitJump(Instruction(.jump), to: loop.next, position)
        place(loop.body)
        if simple == nil { try assign(variable, to: target) }
        return loop
    }

    /// Ends the body.
    mutating func closeLoop(_ loop: LoopCode, at position: UInt32) {
        place(loop.next)
        if jumpsWide {
            emit(Instruction(loop.isRange ? .rangeNextWide : .nextWide, a: loop.state, b: loop.variable), position)
            emitJump(Instruction(.jump), to: loop.body, position)
        } else {
            emitJump(
                Instruction(loop.isRange ? .rangeNext : .next, a: loop.state, b: loop.variable), to: loop.body,
                isNear: true, position)
        }
        if !loop.isRange { addLoop(from: loop.start, register: loop.state) }
        place(loop.exit)
    }

    /// The slot of a target that is a plain local variable.
    private func localSlot(_ target: ExpressionID) -> Int? {
        guard case .name(let name) = tree[target], program.resolved[name].scope == .local else { return nil }
        return Int(program.resolved[name].index)
    }

    /// The arguments of a call of the built-in `range` by position.
    private func rangeArguments(_ id: ExpressionID) -> [ExpressionID]? {
        guard case .call(let callee, let arguments) = tree[id], case .name(let name) = tree[callee],
            program.resolved[name].scope == .universal, tree.text(of: name) == "range",
            (1...3).contains(arguments.count)
        else { return nil }
        var values: [ExpressionID] = []
        for argument in tree[arguments] {
            guard case .positional = argument.kind else { return nil }
            values.append(argument.value)
        }
        return values
    }

    mutating func compileFor(_ loop: ForSyntax, at position: UInt32) throws(StarlarkError) {
        let mark = registersInUse
        let code = try openLoop(over: loop.iterable, assigning: loop.target, at: position)
        openLoops.append(OpenLoop(next: code.next, exit: code.exit, iterator: code.isRange ? nil : code.state))
        try compileBlock(loop.body)
        openLoops.removeLast()
        closeLoop(code, at: position)
        release(to: mark)
    }

    mutating func compileWhile(_ condition: ExpressionID, _ body: Block, at position: UInt32) throws(StarlarkError) {
        let next = makeLabel()
        let exit = makeLabel()
        place(next)
        try branch(condition, jumpingWhen: false, to: exit)
        openLoops.append(OpenLoop(next: next, exit: exit, iterator: nil))
        try compileBlock(body)
        openLoops.removeLast()
        emitJump(Instruction(.loop), to: next, position)
        place(exit)
    }

    mutating func compileBreak(at position: UInt32) {
        guard let loop = openLoops.last else { return }
        if let iterator = loop.iterator { emit(Instruction(.endIteration, a: iterator), position) }
        emitJump(Instruction(.jump), to: loop.exit, position)
    }

    /// `continue` of a `while` goes back without passing its end, so it is a step too.
    mutating func compileContinue(at position: UInt32) {
        guard let loop = openLoops.last else { return }
        emitJump(Instruction(.loop), to: loop.next, position)
    }
}
