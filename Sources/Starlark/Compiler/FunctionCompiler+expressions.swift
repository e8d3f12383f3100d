import StarlarkSyntax

extension FunctionCompiler {
    /// r[target] = the expression's value.
    mutating func compile(_ id: ExpressionID, into target: Int) throws(StarlarkError) {
        if let value = try program.literal(id) {
            load(value, into: target, tree.position(of: id))
        } else if tree.leftChild(of: id) != nil {
            try compileSpine(id, into: target)
        } else {
            try compileLeaf(id, into: target)
        }
    }

    /// The register that holds the expression's value: a variable's own one, or a new temporary.
    mutating func operand(_ id: ExpressionID) throws(StarlarkError) -> Int {
        if case .name(let name) = tree[id], program.resolved[name].scope == .local {
            let binding = program.resolved[name]
            if !binding.isAssigned { check(binding, tree.position(of: id)) }
            return Int(binding.index)
        }
        let register = try allocate()
        try compile(id, into: register)
        return register
    }

    /// A right operand: a constant's number with flag 1, or a register with flag 0.
    mutating func rightOperand(_ id: ExpressionID) throws(StarlarkError) -> (number: Int, flag: UInt8) {
        if let value = try program.literal(id), value.kind != .tuple {
            let number = constant(value)
            if number <= UInt16.max { return (number, 1) }
        }
        return (try operand(id), 0)
    }

    /// Consecutive new temporaries that hold the values.
    mutating func consecutive(_ ids: some Collection<ExpressionID>) throws(StarlarkError) -> Int {
        let base = try allocate(ids.count)
        for (index, id) in ids.enumerated() {
            let mark = registersInUse
            try compile(id, into: base + index)
            release(to: mark)
        }
        return base
    }

    private mutating func check(_ binding: Binding, _ position: UInt32) {
        slotsRead.insert(Int(binding.index))
        emit(Instruction(.checkLocal, a: Int(binding.index)), position)
    }

    /// r[target] = the variable.
    mutating func compileName(_ name: NameID, into target: Int, _ position: UInt32) {
        let binding = program.resolved[name]
        let index = Int(binding.index)
        switch binding.scope {
        case .local:
            if !binding.isAssigned { check(binding, position) }
            if target != index { emit(Instruction(.move, a: target, b: index), position) }
        case .cell: emit(Instruction(.getCell, a: target, b: index), position)
        case .free: emit(Instruction(.getFree, a: target, b: index), position)
        case .global, .predeclared, .universal:
            emit(Instruction(.global, a: target, wide: globalNumber(binding)), position)
        }
    }

    /// The slot of a global, predeclared or universal name in the module.
    func globalNumber(_ binding: Binding) -> Int {
        switch binding.scope {
        case .predeclared: program.resolved.globals.count + Int(binding.index)
        case .universal:
            program.resolved.globals.count + program.resolved.predeclared.count + Int(binding.index)
        default: Int(binding.index)
        }
    }

    /// An expression without a left child.
    private mutating func compileLeaf(_ id: ExpressionID, into target: Int) throws(StarlarkError) {
        let position = tree.position(of: id)
        switch tree[id] {
        case .name(let name): compileName(name, into: target, position)
        case .formatted(let parts): try compileFormatted(parts, into: target, position)
        case .tuple(let items): try compileTuple(tree[items], into: target, position)
        case .list(let items): try compileList(tree[items], into: target, position)
        case .dictionary(let items): try compileDictionary(tree[items], into: target, position)
        case .comprehension(let id): try compileComprehension(tree[id], into: target)
        case .lambda(let id): try compileFunction(id, into: target)
        case .unary(let operation, let value):
            let mark = registersInUse
            let register = try operand(value)
            emit(Instruction(operation.opcode, a: target, b: register), position)
            release(to: mark)
        case .conditional(let condition, let then, let otherwise):
            let middle = makeLabel()
            let end = makeLabel()
            try branch(condition, jumpingWhen: false, to: middle)
            try compile(then, into: target)
            emitJump(Instruction(.jump), to: end, position)
            place(middle)
            try compile(otherwise, into: target)
            place(end)
        default: break
        }
    }

    /// A chain of left children, walked in a loop because it may be as long as the file.
    private mutating func compileSpine(_ id: ExpressionID, into target: Int) throws(StarlarkError) {
        var nodes = [id]
        var next = tree.leftChild(of: id)
        while let node = next {
            nodes.append(node)
            next = tree.leftChild(of: node)
        }
        let mark = registersInUse
        var index = nodes.count - 2
        var left: Int
        if case .name(let name) = tree[nodes[index + 1]], case .call(_, let arguments) = tree[nodes[index]],
            let number = callableGlobal(name)
        {
            left = index == 0 ? target : try allocate()
            try compileCall(.global(number), arguments, into: left, tree.position(of: nodes[index]))
            index -= 1
        } else {
            left = try operand(nodes[index + 1])
        }
        while index >= 0 {
            // A method call takes two nodes at once.
            var width = 1
            if case .attribute = tree[nodes[index]], index > 0, case .call = tree[nodes[index - 1]] { width = 2 }
            let isLast = index - width < 0
            let result = isLast ? target : left >= max(mark, localCount) ? left : try allocate()
            let inner = registersInUse
            if width == 2 {
                try compileMethodCall(nodes[index], nodes[index - 1], left, into: result)
            } else {
                try compileNode(nodes[index], left, into: result)
            }
            release(to: inner)
            left = result
            index -= width
        }
        release(to: mark)
    }

    /// The slot of a global or built-in name near enough for a fused call.
    private func callableGlobal(_ name: NameID) -> Int? {
        let binding = program.resolved[name]
        switch binding.scope {
        case .global, .predeclared, .universal:
            let number = globalNumber(binding)
            return number <= UInt16.max ? number : nil
        default: return nil
        }
    }

    /// One node of a chain, its left child being in a register.
    private mutating func compileNode(_ id: ExpressionID, _ left: Int, into target: Int) throws(StarlarkError) {
        let position = tree.position(of: id)
        switch tree[id] {
        case .binary(.and, _, let right): try compileShort(left, right, .jumpIfNot, into: target, position)
        case .binary(.or, _, let right): try compileShort(left, right, .jumpIf, into: target, position)
        case .binary(let operation, let leftExpression, let right):
            var (number, flag) = try rightOperand(right)
            if isFresh(leftExpression) { flag |= Instruction.leftIsFresh }
            if isFresh(right) { flag |= Instruction.rightIsFresh }
            emit(Instruction(operation.opcode, flag: flag, a: target, b: left, c: number), position)
        case .call(_, let arguments): try compileCall(.register(left), arguments, into: target, position)
        case .attribute(_, let attribute): try compileAttribute(left, attribute, into: target, position)
        case .index(_, let index):
            let (number, flag) = try rightOperand(index)
            emit(Instruction(.index, flag: flag, a: target, b: left, c: number), position)
        case .slice(let slice):
            let bounds = tree[slice]
            let base = try allocate(3)
            for (offset, bound) in [bounds.low, bounds.high, bounds.step].enumerated() {
                if let bound {
                    try compile(bound, into: base + offset)
                } else {
                    load(.none, into: base + offset, position)
                }
            }
            emit(Instruction(.slice, a: target, b: left, c: base), position)
        default: break
        }
    }

    /// Whether an integer that the expression makes is a new object that only a temporary refers to.
    func isFresh(_ id: ExpressionID) -> Bool {
        guard case .binary(let operation, _, _) = tree[id] else { return false }
        switch operation {
        case .plus, .minus, .times, .andBits, .orBits, .xor, .shiftLeft, .shiftRight: return true
        default: return false
        }
    }

    /// `left and right`, `left or right`.
    private mutating func compileShort(
        _ left: Int, _ right: ExpressionID, _ jump: Opcode, into target: Int, _ position: UInt32
    ) throws(StarlarkError) {
        // The right side may read a variable that the result is for.
        let result = target < localCount ? try allocate() : target
        if result != left { emit(Instruction(.move, a: result, b: left), position) }
        let end = makeLabel()
        emitJump(Instruction(jump, a: result), to: end, position)
        try compile(right, into: result)
        place(end)
        if result != target { emit(Instruction(.move, a: target, b: result), position) }
    }

    /// r[target] = r[base].attribute.
    mutating func compileAttribute(
        _ base: Int, _ attribute: Symbol, into target: Int, _ position: UInt32
    ) throws(StarlarkError) {
        let name = try nameConstant(attribute)
        emit(Instruction(.attribute, a: target, b: base, c: name), position)
        emit(Instruction(.attribute, a: methodNumber(attribute)), position)
    }

    /// The number of an attribute's name among the constants.
    mutating func nameConstant(_ attribute: Symbol) throws(StarlarkError) -> Int {
        let number = constant(try program.string(attribute))
        guard number <= UInt16.max else { throw program.tooLarge("function is too long", at: tree[id].position) }
        return number
    }

    func methodNumber(_ attribute: Symbol) -> Int { Library.shared.methodNumber(tree.text(of: attribute)) }
}

extension UnaryOperator {
    var opcode: Opcode {
        switch self {
        case .minus: .negate
        case .plus: .plus
        case .invert: .invert
        case .not: .not
        }
    }
}

extension BinaryOperator {
    /// The opcode that makes a value; `and` and `or` have none and are compiled to jumps.
    var opcode: Opcode {
        switch self {
        case .or, .and: .jump
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .greater: .greater
        case .lessOrEqual: .lessOrEqual
        case .greaterOrEqual: .greaterOrEqual
        case .in: .isIn
        case .notIn: .isNotIn
        case .orBits: .or
        case .xor: .xor
        case .andBits: .and
        case .shiftLeft: .shiftLeft
        case .shiftRight: .shiftRight
        case .plus: .add
        case .minus: .subtract
        case .times: .multiply
        case .divide: .divide
        case .floorDivide: .floorDivide
        case .modulo: .modulo
        }
    }
}
