extension Resolver {
    /// Declares what the statements of a block bind: globals at the top level, else locals of the function.
    mutating func collect(_ block: Block) {
        for index in block.indices { collect(tree.statements[tree.statementLists[index].index]) }
    }

    private mutating func collect(_ statement: Statement) {
        switch statement {
        case .assign(let target, _), .annotatedAssign(let target, _, _): collect(target: target)
        case .augmentedAssign(_, let target, _): collect(target: target, isAugmented: true)
        case .if(let branches, let otherwise):
            for index in branches.indices { collect(tree.branches[index].body) }
            collect(otherwise)
        case .for(let id):
            collect(target: tree.loops[id.index].target)
            collect(tree.loops[id.index].body)
        case .while(_, let body): collect(body)
        case .define(let id): if let name = tree.functions[id.index].name { declare(name) }
        case .load(let id):
            for index in tree.loads[id.index].items.indices { declare(tree.loadItems[index].local, isLoad: true) }
        case .expression, .return, .break, .continue, .pass: break
        }
    }

    /// Declares the names of an assignment's target.
    mutating func collect(target: ExpressionID, isAugmented: Bool = false) {
        switch tree.expressions[target.index] {
        case .name(let name): declare(name)
        case .tuple(let list), .list(let list):
            if isAugmented { return }
            for index in list.indices { collect(target: tree.expressionLists[index]) }
        default: break
        }
    }

    private mutating func declare(_ name: NameID, isLoad: Bool = false) {
        let use = tree.names[name.index]
        if isFileBlock {
            declareGlobal(use, isLoad: isLoad)
        } else if !isDeclaredHere(use.symbol) {
            declareLocal(use.symbol)
        }
    }

    /// Whether the function (or comprehension) being entered has declared the name.
    private func isDeclaredHere(_ symbol: Symbol) -> Bool {
        let variable = visible[symbol.index]
        return variable >= blockStart && variables[Int(variable)].depth == Int32(scopes.count - 1)
    }

    /// Gives the current function another local slot.
    mutating func declareLocal(_ symbol: Symbol) {
        let depth = scopes.count - 1
        let slot = Int32(truncatingIfNeeded: scopes[depth].locals.count)
        let index = Int32(truncatingIfNeeded: variables.count)
        variables.append(
            Variable(
                symbol: symbol, depth: Int32(truncatingIfNeeded: depth), slot: slot, hidden: visible[symbol.index]))
        visible[symbol.index] = index
        scopes[depth].locals.append(index)
        scopes[depth].isAssigned.append(false)
        liveVariables.append(index)
    }

    private mutating func declareGlobal(_ use: NameUse, isLoad: Bool) {
        let isExported = !isLoad || tree.options.loadBindsGlobally
        let slot = globals.slots[use.symbol.index]
        guard slot >= 0 else {
            addGlobal(use, isExported: isExported)
            return
        }
        if tree.options.globalReassignment { return }
        let name = tree.symbols.text(of: use.symbol)
        if !isExported {
            report("cannot reassign top-level \(name)", at: use.position)
            return
        }
        let first = globals.variables[Int(slot)]
        let scope = first.isExported ? "global" : "local"
        let place = tree.source.location(at: first.firstPosition)
        report("cannot reassign \(scope) \(name) declared at \(place)", at: use.position)
    }

    /// Gives the module another slot; what an earlier chunk bound has a value from the start.
    mutating func addGlobal(_ use: NameUse, isExported: Bool) {
        globals.slots[use.symbol.index] = Int32(truncatingIfNeeded: globals.variables.count)
        globals.variables.append(
            GlobalScope.Variable(
                symbol: use.symbol, isExported: isExported, firstPosition: use.position,
                isBound: isBoundEarlier(use.symbol)))
    }
}
