extension Parser {
    /// Reads a name, literal, display, comprehension, parenthesised expression or signed operand.
    mutating func parsePrimary() throws(ParseFailure) -> ExpressionID {
        let position = start
        let value = scanner.token.value
        switch kind {
        case .identifier:
            advance()
            return add(.name(addName(Symbol(Int(value)), at: position)), at: position)
        case .integer: return addLiteral(.integer(value))
        case .bigInteger: return addLiteral(.bigInteger(BigIntegerID(Int(value))))
        case .float: return addLiteral(.float(Double(bitPattern: UInt64(bitPattern: value))))
        case .string: return addLiteral(.string(TextID(Int(value))))
        case .bytes: return addLiteral(.bytes(TextID(Int(value))))
        case .formattedString: return try parseFormatted()
        case .leftParenthesis: return try parseParenthesis()
        case .leftBracket: return try parseList()
        case .leftBrace: return try parseDictionary()
        case .minus: return try parseSign(.minus)
        case .plus: return try parseSign(.plus)
        case .tilde: return try parseSign(.invert)
        default: throw unexpected(want: "primary expression")
        }
    }

    private mutating func addLiteral(_ literal: Expression) -> ExpressionID {
        let position = advance()
        return add(literal, at: position)
    }

    private mutating func parseSign(_ operation: UnaryOperator) throws(ParseFailure) -> ExpressionID {
        let position = advance()
        return add(.unary(operation, try parseSigned()), at: position)
    }

    private mutating func parseParenthesis() throws(ParseFailure) -> ExpressionID {
        let position = advance()
        if accept(.rightParenthesis) {
            return add(.tuple(NodeList(start: 0, count: 0)), at: position)
        }
        let value = try parseExpression(allowTrailingComma: true)
        try expect(.rightParenthesis)
        return value
    }

    private mutating func parseList() throws(ParseFailure) -> ExpressionID {
        let position = advance()
        let mark = pendingExpressions.count
        if kind != .rightBracket {
            let first = try parseTest()
            if kind == .for {
                return try parseComprehension(.list(element: first), until: .rightBracket, at: position)
            }
            pendingExpressions.append(first)
            try parseElements()
        }
        try expect(.rightBracket)
        return add(.list(takeExpressions(from: mark)), at: position)
    }

    private mutating func parseDictionary() throws(ParseFailure) -> ExpressionID {
        let position = advance()
        let mark = pendingExpressions.count
        while kind != .rightBrace {
            let key = try parseTest()
            try expect(.colon)
            let value = try parseTest()
            if kind == .for, pendingExpressions.count == mark {
                return try parseComprehension(.dictionary(key: key, value: value), until: .rightBrace, at: position)
            }
            pendingExpressions.append(key)
            pendingExpressions.append(value)
            if !accept(.comma) { break }
        }
        try expect(.rightBrace)
        return add(.dictionary(takeExpressions(from: mark)), at: position)
    }

    private mutating func parseComprehension(
        _ body: Comprehension.Body, until last: TokenKind, at position: UInt32
    ) throws(ParseFailure) -> ExpressionID {
        var clauses: [Comprehension.Clause] = []
        while kind != last {
            if accept(.for) {
                let target = try parseLoopTarget()
                try expect(.in)
                clauses.append(.loop(target: target, iterable: try parseOperand()))
            } else if accept(.if) {
                clauses.append(.condition(try parseCondition()))
            } else {
                throw unexpected(want: "\(last), for, or if")
            }
        }
        advance()
        let list = NodeList<Comprehension.Clause>(start: tree.clauses.count, count: clauses.count)
        tree.clauses.append(contentsOf: clauses)
        tree.comprehensions.append(Comprehension(body: body, clauses: list, position: position))
        return add(.comprehension(ComprehensionID(tree.comprehensions.count - 1)), at: position)
    }
}
