extension Parser {
    /// What kinds of arguments a call had so far.
    private struct ArgumentOrder {
        /// How many arguments are named, and which: looked for one by one while they are few.
        var namedCount = 0
        var names: Set<Symbol> = []
        var isStarSeen = false
        var isDoubleStarSeen = false
    }

    /// Reads the arguments of a call, with its parentheses.
    mutating func parseCall(_ callee: ExpressionID) throws(ParseFailure) -> ExpressionID {
        let position = advance()
        let mark = pendingArguments.count
        var order = ArgumentOrder()
        while kind != .rightParenthesis, kind != .endOfFile {
            if pendingArguments.count > mark { try expect(.comma) }
            if kind == .rightParenthesis { break }
            let argument = try parseArgument()
            checkOrder(argument, &order, from: mark)
            pendingArguments.append(argument)
        }
        try expect(.rightParenthesis)
        let first = tree.arguments.count
        tree.arguments.append(contentsOf: pendingArguments[mark...])
        pendingArguments.removeLast(pendingArguments.count - mark)
        let list = NodeList<Argument>(start: first, count: tree.arguments.count - first)
        return add(.call(callee: callee, arguments: list), at: position)
    }

    private mutating func parseArgument() throws(ParseFailure) -> Argument {
        let position = start
        if kind == .star || kind == .starStar {
            let isDouble = kind == .starStar
            advance()
            return Argument(kind: isDouble ? .doubleStar : .star, value: try parseTest(), position: position)
        }
        let names = tree.names.count
        let value = try parseTest()
        guard kind == .assign else { return Argument(kind: .positional, value: value, position: position) }
        guard case .name(let name) = tree.expressions[value.index], tree.names.count == names + 1,
            tree.names[name.index].position == position
        else { throw fail("keyword argument must have form name=expr", at: start) }
        let symbol = tree.names[name.index].symbol
        // The keyword is no occurrence of a variable: take back what reading it as an expression added.
        tree.names.removeLast()
        tree.expressions.removeLast()
        tree.expressionPositions.removeLast()
        advance()
        return Argument(kind: .named(symbol), value: try parseTest(), position: position)
    }

    /// Whether an argument of that name was read before, the call's first one being at `mark`.
    private mutating func isRepeated(_ symbol: Symbol, _ order: inout ArgumentOrder, from mark: Int) -> Bool {
        order.namedCount += 1
        if order.namedCount > Parser.searchedMax { return !insert(symbol, &order, from: mark) }
        for argument in pendingArguments[mark...] {
            if case .named(let other) = argument.kind, other == symbol { return true }
        }
        return false
    }

    private static let searchedMax = 12

    private func insert(_ symbol: Symbol, _ order: inout ArgumentOrder, from mark: Int) -> Bool {
        if order.names.isEmpty {
            for argument in pendingArguments[mark...] {
                if case .named(let other) = argument.kind { order.names.insert(other) }
            }
        }
        return order.names.insert(symbol).inserted
    }

    private mutating func checkOrder(_ argument: Argument, _ order: inout ArgumentOrder, from mark: Int) {
        switch argument.kind {
        case .doubleStar:
            if order.isDoubleStarSeen { note("multiple **kwargs not allowed", at: argument.position) }
            order.isDoubleStarSeen = true
        case .star:
            if order.isDoubleStarSeen {
                note("*args may not follow **kwargs", at: argument.position)
            } else if order.isStarSeen {
                note("multiple *args not allowed", at: argument.position)
            }
            order.isStarSeen = true
        case .named(let symbol):
            noteAfterStar("keyword argument", order, at: argument.position)
            if isRepeated(symbol, &order, from: mark) {
                let name = scanner.symbols.text(of: symbol)
                note("keyword argument \"\(name)\" is repeated", at: argument.position)
            }
        case .positional:
            noteAfterStar("positional argument", order, at: argument.position)
            if !order.isStarSeen, !order.isDoubleStarSeen, order.namedCount > 0 {
                note("positional argument may not follow named", at: argument.position)
            }
        }
    }

    private mutating func noteAfterStar(_ what: String, _ order: ArgumentOrder, at position: UInt32) {
        if order.isDoubleStarSeen {
            note("\(what) may not follow **kwargs", at: position)
        } else if order.isStarSeen {
            note("\(what) may not follow *args", at: position)
        }
    }
}
