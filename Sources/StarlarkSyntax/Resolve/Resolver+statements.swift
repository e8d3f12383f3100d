extension Resolver {
    /// Walks a block; says whether its end can be reached.
    mutating func walk(_ block: Block) -> Bool {
        var isReachable = true
        for index in block.indices {
            if !walk(tree.statementLists[index]) { isReachable = false }
        }
        return isReachable
    }

    /// Walks a statement; says whether the one after it can be reached.
    private mutating func walk(_ id: StatementID) -> Bool {
        let position = tree.statementPositions[id.index]
        switch tree.statements[id.index] {
        case .expression(let value): walk(value)
        case .assign(let target, let value):
            walk(value)
            walk(target: target)
        case .annotatedAssign(let target, let type, let value):
            checkType(type)
            walk(value)
            walk(target: target)
        case .augmentedAssign(_, let target, let value):
            walk(value)
            walk(augmentedTarget: target)
        case .if(let branches, let otherwise): return walkIf(branches, otherwise, at: position)
        case .for(let loop): walkFor(tree.loops[loop.index], at: position)
        case .while(let condition, let body): walkWhile(condition, body, at: position)
        case .define(let function):
            if let name = tree.functions[function.index].name { assign(name) }
            walk(function: function)
        case .return(let value):
            if isTopLevel { report("return statement not within a function", at: position) }
            if let value { walk(value) }
            return false
        case .break:
            checkLoop("break", at: position)
            return false
        case .continue:
            checkLoop("continue", at: position)
            return false
        case .pass: break
        case .load(let load): walkLoad(tree.loads[load.index], at: position)
        }
        return true
    }

    private mutating func walkIf(
        _ branches: NodeList<ConditionalBranch>, _ otherwise: Block, at position: UInt32
    ) -> Bool {
        checkTopLevelControl("if statement", at: position)
        conditionalDepth += 1
        var outcomes: [[Int32]] = []
        let mark = journalMark
        for index in branches.indices {
            walk(tree.branches[index].condition)
            let isReachable = walk(tree.branches[index].body)
            let assigned = takeBack(to: mark)
            if isReachable { outcomes.append(assigned) }
        }
        let isReachable = walk(otherwise)
        let assigned = takeBack(to: mark)
        if isReachable { outcomes.append(assigned) }
        conditionalDepth -= 1
        markCommon(of: outcomes)
        return !outcomes.isEmpty
    }

    private mutating func walkFor(_ loop: ForSyntax, at position: UInt32) {
        checkTopLevelControl("for loop", at: position)
        walk(loop.iterable)
        let mark = journalMark
        walk(target: loop.target)
        walkLoop(loop.body)
        takeBack(to: mark)
    }

    private mutating func walkWhile(_ condition: ExpressionID, _ body: Block, at position: UInt32) {
        if !tree.options.whileLoops {
            report("this Starlark dialect does not support while loops", at: position)
        }
        checkTopLevelControl("while loop", at: position)
        walk(condition)
        let mark = journalMark
        walkLoop(body)
        takeBack(to: mark)
    }

    private mutating func walkLoop(_ body: Block) {
        scopes[scopes.count - 1].loopDepth += 1
        _ = walk(body)
        scopes[scopes.count - 1].loopDepth -= 1
    }

    private mutating func walkLoad(_ load: LoadSyntax, at position: UInt32) {
        if !isTopLevel {
            report("load statement within a function", at: position)
        } else if scopes[0].loopDepth > 0 {
            report("load statement within a loop", at: position)
        } else if conditionalDepth > 0 {
            report("load statement within a conditional", at: position)
        }
        for index in load.items.indices { assign(tree.loadItems[index].local) }
    }

    private mutating func checkLoop(_ word: String, at position: UInt32) {
        if scopes[scopes.count - 1].loopDepth == 0 { report("\(word) not in a loop", at: position) }
    }

    private mutating func checkTopLevelControl(_ what: String, at position: UInt32) {
        if isTopLevel, !tree.options.topLevelControl { report("\(what) not within a function", at: position) }
    }
}
