extension Parser {
    /// Reads statements into the pending list until the end of the block or file; recovers from mistakes.
    mutating func parseStatements(until last: TokenKind) {
        while kind != last, kind != .endOfFile, !scanner.diagnostics.isFull {
            let nesting = self.nesting
            let statements = pendingStatements.count
            let names = tree.names.count
            do throws(ParseFailure) {
                try parseStatement()
            } catch {
                self.nesting = nesting
                recover()
                pendingStatements.removeLast(pendingStatements.count - statements)
                for name in tree.names[names...] { tree.hidden.insert(name.symbol) }
            }
        }
    }

    private mutating func parseStatement() throws(ParseFailure) {
        switch kind {
        case .newline: advance()
        case .outdent: advance()
        case .def: try parseDefine()
        case .if: try parseIf()
        case .for: try parseFor()
        case .while: try parseWhile()
        default: try parseSimpleStatements()
        }
    }

    /// Adds a statement to the tree and to the block being read.
    mutating func add(_ statement: Statement, at position: UInt32) {
        tree.statements.append(statement)
        tree.statementPositions.append(position)
        pendingStatements.append(StatementID(tree.statements.count - 1))
    }

    private mutating func parseSimpleStatements() throws(ParseFailure) {
        repeat {
            try parseSmallStatement()
            guard accept(.semicolon) else { break }
        } while kind != .newline && kind != .endOfFile
        if kind != .endOfFile { try expect(.newline) }
    }

    private mutating func parseSmallStatement() throws(ParseFailure) {
        switch kind {
        case .return:
            let position = advance()
            let isBare = kind == .endOfFile || kind == .newline || kind == .semicolon
            add(.return(isBare ? nil : try parseExpression()), at: position)
        case .break: add(.break, at: advance())
        case .continue: add(.continue, at: advance())
        case .pass: add(.pass, at: advance())
        case .load: try parseLoad()
        default: try parseExpressionStatement()
        }
    }

    private mutating func parseExpressionStatement() throws(ParseFailure) {
        let position = start
        let target = try parseExpression()
        if kind == .assign {
            let operation = advance()
            add(.assign(target: target, value: try parseExpression()), at: operation)
        } else if let operation = kind.augmented {
            let place = advance()
            add(.augmentedAssign(operation, target: target, value: try parseExpression()), at: place)
        } else if kind == .colon, tree.options.typeAnnotations {
            advance()
            let type = try parseTest()
            let operation = try expect(.assign)
            add(.annotatedAssign(target: target, type: type, value: try parseExpression()), at: operation)
        } else {
            add(.expression(target), at: position)
        }
    }

    /// Reads what follows a colon: statements on the same line or an indented block.
    mutating func parseSuite() throws(ParseFailure) -> Block {
        let mark = pendingStatements.count
        guard kind == .newline else {
            try parseSimpleStatements()
            return takeStatements(from: mark)
        }
        advance()
        try expect(.indent)
        try enter()
        parseStatements(until: .outdent)
        nesting -= 1
        if kind != .endOfFile { try expect(.outdent) }
        return takeStatements(from: mark)
    }

    private mutating func parseIf() throws(ParseFailure) {
        let position = start
        var branches: [ConditionalBranch] = []
        repeat {
            let place = advance()
            let condition = try parseTest()
            try expect(.colon)
            branches.append(ConditionalBranch(condition: condition, body: try parseSuite(), position: place))
        } while kind == .elif
        var otherwise = Block(start: 0, count: 0)
        if accept(.else) {
            try expect(.colon)
            otherwise = try parseSuite()
        }
        let list = NodeList<ConditionalBranch>(start: tree.branches.count, count: branches.count)
        tree.branches.append(contentsOf: branches)
        add(.if(branches: list, otherwise: otherwise), at: position)
    }

    private mutating func parseFor() throws(ParseFailure) {
        let position = advance()
        let target = try parseLoopTarget()
        try expect(.in)
        let iterable = try parseExpression()
        try expect(.colon)
        let body = try parseSuite()
        tree.loops.append(ForSyntax(target: target, iterable: iterable, body: body))
        add(.for(ForID(tree.loops.count - 1)), at: position)
    }

    private mutating func parseWhile() throws(ParseFailure) {
        let position = advance()
        let condition = try parseTest()
        try expect(.colon)
        add(.while(condition: condition, body: try parseSuite()), at: position)
    }

    private mutating func parseDefine() throws(ParseFailure) {
        let position = advance()
        let name = try parseName()
        try expect(.leftParenthesis)
        let parameters = try parseParameters(allowTypes: tree.options.typeAnnotations)
        try expect(.rightParenthesis)
        var returnType: ExpressionID?
        if kind == .arrow, tree.options.typeAnnotations {
            advance()
            returnType = try parseTest()
        }
        try expect(.colon)
        let body = try parseSuite()
        tree.functions.append(
            FunctionSyntax(
                name: name, parameters: parameters, returnType: returnType, body: .block(body), position: position))
        add(.define(FunctionID(tree.functions.count - 1)), at: position)
    }

    /// Reads an identifier that is bound or looked up by scope.
    mutating func parseName() throws(ParseFailure) -> NameID {
        let position = start
        return addName(try parseIdentifier(), at: position)
    }

    /// Reads an identifier.
    mutating func parseIdentifier() throws(ParseFailure) -> Symbol {
        guard kind == .identifier else {
            if kind == .endOfFile { scanner.diagnostics.endEarly() }
            throw fail("got \(kind), which is not an identifier", at: start)
        }
        let symbol = Symbol(Int(scanner.token.value))
        advance()
        return symbol
    }
}
