extension Resolver {
    /// Enters a block with variables of its own; returns what `leaveBlock` needs.
    mutating func enterBlock() -> (start: Int32, live: Int) {
        let outer = (start: blockStart, live: liveVariables.count)
        blockStart = Int32(truncatingIfNeeded: variables.count)
        return outer
    }

    /// Leaves a block: what its variables hid is visible again.
    mutating func leaveBlock(_ outer: (start: Int32, live: Int)) {
        while liveVariables.count > outer.live {
            let variable = variables[Int(liveVariables.removeLast())]
            visible[variable.symbol.index] = variable.hidden
        }
        blockStart = outer.start
    }

    /// Walks a function: defaults and types outside its scope, the body inside.
    mutating func walk(function id: FunctionID) {
        let function = tree.functions[id.index]
        for index in function.parameters.indices {
            if let value = tree.parameters[index].defaultValue { walk(value) }
            if let type = tree.parameters[index].type { checkType(type) }
        }
        if let type = function.returnType { checkType(type) }
        let comprehensions = comprehensionDepth
        let conditionals = conditionalDepth
        comprehensionDepth = 0
        conditionalDepth = 0
        scopes.append(FunctionScope())
        let outer = enterBlock()
        bindParameters(function.parameters)
        switch function.body {
        case .block(let block):
            collect(block)
            _ = walk(block)
        case .expression(let value): walk(value)
        }
        finishFunction(id)
        leaveBlock(outer)
        scopes.removeLast()
        comprehensionDepth = comprehensions
        conditionalDepth = conditionals
    }

    private mutating func bindParameters(_ parameters: NodeList<Parameter>) {
        for index in parameters.indices {
            let name = tree.parameters[index].name
            let use = tree.names[name.index]
            let previous = visible[use.symbol.index]
            if previous >= blockStart {
                report("duplicate parameter: \(tree.symbols.text(of: use.symbol))", at: use.position)
            }
            declareLocal(use.symbol)
            assign(name)
        }
    }

    /// Records what the innermost function needs at run time.
    mutating func finishFunction(_ id: FunctionID) {
        let scope = scopes[scopes.count - 1]
        let parameters = tree.functions[id.index].parameters
        var counts = (positional: 0, keywordOnly: 0)
        var hasStar = false
        var hasDoubleStar = false
        for index in parameters.indices {
            switch tree.parameters[index].kind {
            case .positional: counts.positional += 1
            case .keywordOnly: counts.keywordOnly += 1
            case .star: hasStar = true
            case .doubleStar: hasDoubleStar = true
            }
        }
        functions[id.index] = ResolvedFunction(
            locals: scope.locals.map { index in
                let variable = variables[Int(index)]
                return LocalVariable(symbol: variable.symbol, isCell: variable.isCell)
            },
            freeVariables: scope.freeVariables,
            parameterCount: Int(parameters.count),
            positionalCount: counts.positional,
            keywordOnlyCount: counts.keywordOnly,
            hasStar: hasStar,
            hasDoubleStar: hasDoubleStar)
    }
}
