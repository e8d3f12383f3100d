extension Resolver {
    /// Walks an expression.
    ///
    /// The chain of left operands is followed in a loop, since it may be as long as the file.
    mutating func walk(_ id: ExpressionID) {
        var next: ExpressionID? = id
        while let current = next { next = walkOperands(of: current) }
    }

    /// Walks all operands but the left child, which is returned.
    private mutating func walkOperands(of id: ExpressionID) -> ExpressionID? {
        switch tree.expressions[id.index] {
        case .name(let name): use(name)
        case .integer, .bigInteger, .float, .string, .bytes: break
        case .formatted(let parts):
            for index in parts.indices {
                if case .value(let value, _) = tree.formattedParts[index] { walk(value) }
            }
        case .tuple(let list), .list(let list), .dictionary(let list):
            for index in list.indices { walk(tree.expressionLists[index]) }
        case .comprehension(let comprehension): walk(tree.comprehensions[comprehension.index])
        case .lambda(let function): walk(function: function)
        case .unary(_, let operand): walk(operand)
        case .binary(_, let left, let right):
            walk(right)
            return left
        case .conditional(let condition, let then, let otherwise):
            walk(condition)
            walk(then)
            walk(otherwise)
        case .call(let callee, let arguments):
            for index in arguments.indices { walk(tree.arguments[index].value) }
            return callee
        case .attribute(let base, _): return base
        case .index(let base, let index):
            walk(index)
            return base
        case .slice(let slice):
            let bounds = tree.slices[slice.index]
            if let low = bounds.low { walk(low) }
            if let high = bounds.high { walk(high) }
            if let step = bounds.step { walk(step) }
            return bounds.base
        }
        return nil
    }

    private mutating func walk(_ comprehension: Comprehension) {
        if case .loop(_, let iterable) = tree.clauses[Int(comprehension.clauses.start)] { walk(iterable) }
        let outer = enterBlock()
        comprehensionDepth += 1
        for index in comprehension.clauses.indices {
            if case .loop(let target, _) = tree.clauses[index] { collect(target: target) }
        }
        let mark = journalMark
        for index in comprehension.clauses.indices {
            switch tree.clauses[index] {
            case .condition(let condition): walk(condition)
            case .loop(let target, let iterable):
                if index > Int(comprehension.clauses.start) { walk(iterable) }
                walk(target: target)
            }
        }
        switch comprehension.body {
        case .list(let element): walk(element)
        case .dictionary(let key, let value):
            walk(key)
            walk(value)
        }
        takeBack(to: mark)
        comprehensionDepth -= 1
        leaveBlock(outer)
    }

    /// Walks what is assigned to.
    mutating func walk(target id: ExpressionID) {
        switch tree.expressions[id.index] {
        case .name(let name): assign(name)
        case .index, .attribute: walk(id)
        case .tuple(let list), .list(let list):
            for index in list.indices { walk(target: tree.expressionLists[index]) }
        default: reportTarget(id)
        }
    }

    /// Walks the target of an augmented assignment.
    mutating func walk(augmentedTarget id: ExpressionID) {
        switch tree.expressions[id.index] {
        case .name(let name): assign(name)
        case .index, .attribute: walk(id)
        case .tuple:
            report("can't use tuple expression in augmented assignment", at: tree.expressionPositions[id.index])
        case .list:
            report("can't use list expression in augmented assignment", at: tree.expressionPositions[id.index])
        default: reportTarget(id)
        }
    }

    private mutating func reportTarget(_ id: ExpressionID) {
        let what =
            switch tree.expressions[id.index] {
            case .name, .integer, .bigInteger, .float, .string, .bytes, .formatted: "literal"
            case .tuple: "tupleexpr"
            case .list: "listexpr"
            case .dictionary: "dictexpr"
            case .comprehension: "comprehension"
            case .lambda: "lambdaexpr"
            case .unary: "unaryexpr"
            case .binary: "binaryexpr"
            case .conditional: "condexpr"
            case .call: "callexpr"
            case .attribute: "dotexpr"
            case .index: "indexexpr"
            case .slice: "sliceexpr"
            }
        report(
            "can't assign to \(what)", at: tree.expressionPositions[id.index],
            suggestion: "only to a name, x[i], x.f, or a tuple or list of these")
    }
}
