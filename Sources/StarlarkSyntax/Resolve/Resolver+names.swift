extension Resolver {
    /// Binds an occurrence to the variable, global or outer name it refers to.
    mutating func use(_ name: NameID) {
        let symbol = tree.names[name.index].symbol
        let index = visible[symbol.index]
        if index >= 0 {
            bind(name, toVariable: index)
        } else {
            bindOutside(name, symbol)
        }
    }

    /// Binds an occurrence that is assigned, and notes that its slot has a value from now on.
    mutating func assign(_ name: NameID) {
        if isFileBlock {
            let slot = globals.slots[tree.names[name.index].symbol.index]
            if slot >= 0 { globals.variables[Int(slot)].isBound = true }
        }
        use(name)
        markAssigned(bindings[name.index])
    }

    private mutating func bind(_ name: NameID, toVariable index: Int32) {
        let variable = variables[Int(index)]
        let isAssigned = scopes[Int(variable.depth)].isAssigned[Int(variable.slot)]
        if Int(variable.depth) == scopes.count - 1 {
            bindings[name.index] = Binding(scope: .local, isAssigned: isAssigned, index: variable.slot)
            localUses[name.index] = index
            return
        }
        variables[Int(index)].isCell = true
        var source = FreeVariable.Source.cell(variable.slot)
        var slot: Int32 = 0
        for depth in (Int(variable.depth) + 1)..<scopes.count {
            slot = captured(index, symbol: variable.symbol, from: source, depth: depth)
            source = .free(slot)
        }
        bindings[name.index] = Binding(scope: .free, isAssigned: isAssigned, index: slot)
    }

    /// The index of a captured variable in the function at that depth, added when it is new.
    private mutating func captured(
        _ index: Int32, symbol: Symbol, from source: FreeVariable.Source, depth: Int
    ) -> Int32 {
        if let known = scopes[depth].freeIndices[index] { return known }
        let slot = Int32(truncatingIfNeeded: scopes[depth].freeVariables.count)
        scopes[depth].freeVariables.append(FreeVariable(symbol: symbol, source: source))
        scopes[depth].freeIndices[index] = slot
        return slot
    }

    private mutating func bindOutside(_ name: NameID, _ symbol: Symbol) {
        if globals.slots[symbol.index] < 0, isBoundEarlier(symbol) {
            addGlobal(tree.names[name.index], isExported: true)
        }
        let slot = globals.slots[symbol.index]
        if slot >= 0, !isPremature(slot) {
            let isAssigned = globals.variables[Int(slot)].isAssigned
            bindings[name.index] = Binding(scope: .global, isAssigned: isAssigned, index: slot)
            return
        }
        if case .unknown = globals.outer[symbol.index] { globals.outer[symbol.index] = lookUp(symbol) }
        switch globals.outer[symbol.index] {
        case .predeclared(let index):
            bindings[name.index] = Binding(scope: .predeclared, isAssigned: true, index: index)
        case .universal(let index):
            bindings[name.index] = Binding(scope: .universal, isAssigned: true, index: index)
        case .unknown, .undefined: reportUndefined(name, symbol)
        }
    }

    /// Whether an earlier chunk of a console bound the name.
    func isBoundEarlier(_ symbol: Symbol) -> Bool {
        !names.globals.isEmpty && names.globals.contains(tree.symbols.text(of: symbol))
    }

    /// Whether a name used in the file's own block is not bound yet.
    ///
    /// That counts where globals may be assigned
    /// again: there a file may use a predeclared name and later replace it.
    private func isPremature(_ slot: Int32) -> Bool {
        tree.options.globalReassignment && isFileBlock && !globals.variables[Int(slot)].isBound
    }

    private mutating func lookUp(_ symbol: Symbol) -> GlobalScope.Outer {
        let text = tree.symbols.text(of: symbol)
        if names.predeclared.contains(text) {
            globals.predeclared.append(symbol)
            return .predeclared(Int32(truncatingIfNeeded: globals.predeclared.count - 1))
        }
        if names.universals.contains(text) {
            globals.universals.append(symbol)
            return .universal(Int32(truncatingIfNeeded: globals.universals.count - 1))
        }
        return .undefined
    }

    private mutating func reportUndefined(_ name: NameID, _ symbol: Symbol) {
        guard !diagnostics.isFull, !tree.hidesAll, !tree.hidden.contains(symbol) else { return }
        let text = tree.symbols.text(of: symbol)
        let nearest = Spelling.nearest(to: text, in: candidates())
        report(
            "undefined: \(text)", at: tree.names[name.index].position,
            suggestion: nearest.map { "did you mean \($0)?" })
    }

    /// The names in scope that an undefined one may have meant, nearest scope first; bounded.
    private func candidates() -> [String] {
        let countMax = 10_000
        var candidates = liveVariables.suffix(countMax).reversed().map {
            tree.symbols.text(of: variables[Int($0)].symbol)
        }
        candidates += globals.variables.prefix(countMax).map { tree.symbols.text(of: $0.symbol) }
        candidates += names.globals.sorted().prefix(countMax)
        candidates += names.predeclared.sorted().prefix(countMax)
        candidates += names.universals.sorted().prefix(countMax)
        return candidates
    }
}
