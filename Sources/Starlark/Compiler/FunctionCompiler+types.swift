import StarlarkSyntax

/// Type annotations (option `typeAnnotations`): checked when a function is called, when it returns, and when an
/// annotated variable is assigned.
///
/// A type is compiled to a constant that `TypeCheck` reads: a type's name (a string), a tuple `("|", type…)`, or a
/// tuple of a container's name and the types of its parts.
extension FunctionCompiler {
    /// Checks the parameters; stands before the rest of the body.
    mutating func compileParameterTypes() throws(StarlarkError) {
        for (index, parameter) in tree[tree[id].parameters].enumerated() {
            guard let type = parameter.type else { continue }
            var spec = try typeConstant(type)
            switch parameter.kind {
            case .star:
                spec = try program.allocator.tuple([program.string("tuple"), spec, program.string("...")])
            case .doubleStar:
                spec = try program.allocator.tuple([program.string("dict"), program.string("string"), spec])
            case .positional, .keywordOnly: break
            }
            try emitCheck(.parameter, index, spec, tree[parameter.name].symbol, tree.position(of: type))
        }
    }

    /// Checks a result, when the function has a result type.
    mutating func compileResultType(_ register: Int, _ position: UInt32) throws(StarlarkError) {
        guard let type = tree[id].returnType, let name = tree[id].name else { return }
        try emitCheck(.result, register, typeConstant(type), tree[name].symbol, position)
    }

    /// `name: type = value`.
    mutating func compileAnnotatedAssign(
        _ target: ExpressionID, _ type: ExpressionID, _ value: ExpressionID
    ) throws(StarlarkError) {
        let register = try operand(value)
        if case .name(let name) = tree[target] {
            try emitCheck(.variable, register, typeConstant(type), tree[name].symbol, tree.position(of: type))
        }
        try assign(register, to: target)
    }

    private mutating func emitCheck(
        _ subject: TypeCheck.Subject, _ register: Int, _ spec: Value, _ name: Symbol, _ position: UInt32
    ) throws(StarlarkError) {
        let number = constant(spec)
        let name = constant(try program.string(name))
        guard number <= UInt16.max, name <= UInt16.max else {
            throw program.tooLarge("function is too long", at: tree[id].position)
        }
        emit(Instruction(.checkType, flag: subject.rawValue, a: register, b: number, c: name), position)
    }

    /// The constant of a type expression.
    private func typeConstant(_ id: ExpressionID) throws(StarlarkError) -> Value {
        var members: [Value] = []
        var node = id
        while case .binary(.orBits, let left, let right) = tree[node] {
            members.append(try simpleType(right))
            node = left
        }
        members.append(try simpleType(node))
        if members.count == 1 { return members[0] }
        return try program.allocator.tuple([try program.string("|")] + members.reversed())
    }

    private func simpleType(_ id: ExpressionID) throws(StarlarkError) -> Value {
        switch tree[id] {
        case .name(let name):
            guard let type = AnnotationType.names[tree.text(of: name)] else { break }
            return try program.string(type)
        case .binary(.orBits, _, _): return try typeConstant(id)
        case .index(let base, let index):
            guard case .name(let name) = tree[base] else { break }
            var parts = [try program.string(tree.text(of: name))]
            if case .tuple(let items) = tree[index] {
                for item in tree[items] { parts.append(try typeConstant(item)) }
            } else {
                parts.append(try typeConstant(index))
            }
            return try program.allocator.tuple(parts)
        default: break
        }
        // The resolver has refused it.
        throw program.tooLarge("not a type that can be checked", at: tree.position(of: id))
    }
}
