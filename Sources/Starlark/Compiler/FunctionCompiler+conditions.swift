import StarlarkSyntax

extension FunctionCompiler {
    /// Jumps to the label when the expression's truth is `sense`, else goes on.
    mutating func branch(_ id: ExpressionID, jumpingWhen sense: Bool, to label: Label) throws(StarlarkError) {
        let mark = registersInUse
        defer { release(to: mark) }
        switch tree[id] {
        case .unary(.not, let operand): try branch(operand, jumpingWhen: !sense, to: label)
        case .binary(.and, _, _): try branchChain(id, .and, stopsWhen: false, sense, label)
        case .binary(.or, _, _): try branchChain(id, .or, stopsWhen: true, sense, label)
        case .binary(let operation, let left, let right):
            guard !jumpsWide, let (opcode, isNegated) = operation.jump else { fallthrough }
            let register = try operand(left)
            let (number, flag) = try rightOperand(right)
            let polarity: UInt8 = sense == isNegated ? 2 : 0
            emitJump(
                Instruction(opcode, flag: flag | polarity, a: register, b: number), to: label, isNear: true,
                tree.position(of: id))
        default:
            let register = try operand(id)
            emitJump(Instruction(sense ? .jumpIf : .jumpIfNot, a: register), to: label, tree.position(of: id))
        }
    }

    /// `a and b and c…` (which stops at the first false) or `a or b or c…` (which stops at the first true).
    private mutating func branchChain(
        _ id: ExpressionID, _ operation: BinaryOperator, stopsWhen stop: Bool, _ sense: Bool, _ label: Label
    ) throws(StarlarkError) {
        var operands: [ExpressionID] = []
        var node = id
        while case .binary(operation, let left, let right) = tree[node] {
            operands.append(right)
            node = left
        }
        operands.append(node)
        let skip = makeLabel()
        for operand in operands.reversed().dropLast() {
            try branch(operand, jumpingWhen: stop, to: sense == stop ? label : skip)
        }
        try branch(operands[0], jumpingWhen: sense, to: label)
        place(skip)
    }
}

extension BinaryOperator {
    /// The fused compare-and-jump, and whether it tests the opposite.
    fileprivate var jump: (Opcode, isNegated: Bool)? {
        switch self {
        case .equal: (.jumpEqual, false)
        case .notEqual: (.jumpEqual, true)
        case .less: (.jumpLess, false)
        case .lessOrEqual: (.jumpLessOrEqual, false)
        case .greater: (.jumpGreater, false)
        case .greaterOrEqual: (.jumpGreaterOrEqual, false)
        default: nil
        }
    }
}
