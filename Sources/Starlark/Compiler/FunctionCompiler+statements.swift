import StarlarkSyntax

extension FunctionCompiler {
    mutating func compileBlock(_ block: Block) throws(StarlarkError) {
        for statement in tree[block] {
            let mark = registersInUse
            try compile(statement)
            release(to: mark)
        }
    }

    private mutating func compile(_ id: StatementID) throws(StarlarkError) {
        let position = tree.position(of: id)
        switch tree[id] {
        case .expression(let expression): _ = try operand(expression)
        case .assign(let target, let value): try compileAssign(target, value)
        case .annotatedAssign(let target, let type, let value): try compileAnnotatedAssign(target, type, value)
        case .augmentedAssign(let operation, let target, let value):
            try compileAugmented(operation, target, value, position)
        case .if(let branches, let otherwise): try compileIf(branches, otherwise)
        case .for(let loop): try compileFor(tree[loop], at: position)
        case .while(let condition, let body): try compileWhile(condition, body, at: position)
        case .define(let function):
            guard let name = tree[function].name else { return }
            let register = try allocate()
            try compileFunction(function, into: register)
            store(register, to: name, position)
        case .return(let value): try compileReturn(value, position)
        case .break: compileBreak(at: position)
        case .continue: compileContinue(at: position)
        case .pass: return
        case .load(let load):
            emit(Instruction(.load, wide: try program.addLoad(load)), position)
        }
    }

    private mutating func compileIf(
        _ branches: NodeList<ConditionalBranch>, _ otherwise: Block
    ) throws(StarlarkError) {
        let end = makeLabel()
        for (index, part) in tree[branches].enumerated() {
            let next = makeLabel()
            try branch(part.condition, jumpingWhen: false, to: next)
            try compileBlock(part.body)
            if index < branches.count - 1 || !otherwise.isEmpty {
                emitJump(Instruction(.jump), to: end, part.position)
            }
            place(next)
        }
        try compileBlock(otherwise)
        place(end)
    }

    private mutating func compileReturn(_ value: ExpressionID?, _ position: UInt32) throws(StarlarkError) {
        var register: Int?
        if let value { register = try operand(value) }
        if tree[id].returnType != nil {
            if register == nil {
                let none = try allocate()
                load(.none, into: none, position)
                register = none
            }
            try compileResultType(register ?? 0, position)
        }
        for loop in openLoops.reversed() {
            if let iterator = loop.iterator { emit(Instruction(.endIteration, a: iterator), position) }
        }
        if let register {
            emit(Instruction(.return, a: register), position)
        } else {
            emit(Instruction(.returnNone), position)
        }
    }

    // MARK: Assignment

    private mutating func compileAssign(_ target: ExpressionID, _ value: ExpressionID) throws(StarlarkError) {
        if case .name(let name) = tree[target], program.resolved[name].scope == .local {
            try compile(value, into: Int(program.resolved[name].index))
            return
        }
        if let targets = items(target), case .tuple(let values) = tree[value], values.count == targets.count,
            values.count <= 255
        {
            // `a, b = b, a` without making a tuple.
            let base = try consecutive(tree[values])
            for (index, item) in tree[targets].enumerated() { try assign(base + index, to: item) }
            return
        }
        try assign(try operand(value), to: target)
    }

    private func items(_ target: ExpressionID) -> NodeList<ExpressionID>? {
        switch tree[target] {
        case .tuple(let items), .list(let items): items
        default: nil
        }
    }

    /// target = r[register].
    mutating func assign(_ register: Int, to target: ExpressionID) throws(StarlarkError) {
        let position = tree.position(of: target)
        let mark = registersInUse
        defer { release(to: mark) }
        switch tree[target] {
        case .name(let name): store(register, to: name, position)
        case .index(let base, let index):
            let baseRegister = try operand(base)
            let indexRegister = try operand(index)
            emit(Instruction(.setIndex, a: baseRegister, b: indexRegister, c: register), position)
        case .attribute(let base, let attribute):
            let baseRegister = try operand(base)
            emit(
                Instruction(.setAttribute, a: baseRegister, b: try nameConstant(attribute), c: register), position)
        case .tuple(let items), .list(let items):
            let base = try allocate(Int(items.count))
            emit(Instruction(.unpack, a: base, b: register, c: Int(items.count)), position)
            for (index, item) in tree[items].enumerated() { try assign(base + index, to: item) }
        default: return
        }
    }

    /// name = r[register].
    private mutating func store(_ register: Int, to name: NameID, _ position: UInt32) {
        let binding = program.resolved[name]
        let index = Int(binding.index)
        switch binding.scope {
        case .local: if index != register { emit(Instruction(.move, a: index, b: register), position) }
        case .cell: emit(Instruction(.setCell, a: index, b: register), position)
        default: emit(Instruction(.setGlobal, a: register, wide: index), position)
        }
    }

    private mutating func compileAugmented(
        _ operation: BinaryOperator, _ target: ExpressionID, _ value: ExpressionID, _ position: UInt32
    ) throws(StarlarkError) {
        let opcode: Opcode =
            switch operation {
            case .plus: .addInPlace
            case .orBits: .orInPlace
            default: operation.opcode
            }
        switch tree[target] {
        case .name(let name):
            let left = try operand(target)
            var (number, flag) = try rightOperand(value)
            if isFresh(value) { flag |= Instruction.rightIsFresh }
            let isLocal = program.resolved[name].scope == .local
            emit(Instruction(opcode, flag: flag, a: left, b: left, c: number), position)
            if !isLocal { store(left, to: name, position) }
        case .index(let base, let index):
            let baseRegister = try operand(base)
            let indexRegister = try operand(index)
            let item = try allocate()
            emit(Instruction(.index, a: item, b: baseRegister, c: indexRegister), tree.position(of: target))
            let (number, flag) = try rightOperand(value)
            emit(Instruction(opcode, flag: flag, a: item, b: item, c: number), position)
            emit(Instruction(.setIndex, a: baseRegister, b: indexRegister, c: item), tree.position(of: target))
        case .attribute(let base, let attribute):
            let baseRegister = try operand(base)
            let item = try allocate()
            try compileAttribute(baseRegister, attribute, into: item, tree.position(of: target))
            let (number, flag) = try rightOperand(value)
            emit(Instruction(opcode, flag: flag, a: item, b: item, c: number), position)
            emit(
                Instruction(.setAttribute, a: baseRegister, b: try nameConstant(attribute), c: item),
                tree.position(of: target))
        default: return
        }
    }
}
