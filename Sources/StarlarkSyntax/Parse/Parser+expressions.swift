extension Parser {
    /// Reads expressions separated by commas: more than one make a tuple.
    mutating func parseExpression(allowTrailingComma: Bool = false) throws(ParseFailure) -> ExpressionID {
        let position = start
        let first = try parseTest()
        guard kind == .comma else { return first }
        let mark = pendingExpressions.count
        pendingExpressions.append(first)
        try parseListTail(allowTrailingComma: allowTrailingComma)
        return add(.tuple(takeExpressions(from: mark)), at: position)
    }

    /// Reads `, expression` as often as it comes, into the pending list.
    private mutating func parseListTail(allowTrailingComma: Bool) throws(ParseFailure) {
        while kind == .comma {
            let comma = advance()
            if kind.endsList {
                if allowTrailingComma { break }
                throw fail("unparenthesized tuple with trailing comma", at: comma)
            }
            pendingExpressions.append(try parseTest())
        }
    }

    /// Reads one expression: a lambda, a conditional, or operators.
    mutating func parseTest() throws(ParseFailure) -> ExpressionID {
        try enter()
        defer { nesting -= 1 }
        if kind == .lambda { return try parseLambda(allowConditional: true) }
        let value = try parseOperators(0)
        guard kind == .if else { return value }
        let position = advance()
        let condition = try parseOperators(0)
        guard kind == .else else {
            if kind == .endOfFile { scanner.diagnostics.endEarly() }
            throw fail("conditional expression without else clause", at: position)
        }
        advance()
        let otherwise = try parseTest()
        return add(.conditional(condition: condition, then: value, otherwise: otherwise), at: position)
    }

    private mutating func parseLambda(allowConditional: Bool) throws(ParseFailure) -> ExpressionID {
        let position = advance()
        let parameters = try parseParameters(allowTypes: false)
        try expect(.colon)
        let body = allowConditional ? try parseTest() : try parseTestWithoutConditional()
        tree.functions.append(
            FunctionSyntax(
                name: nil, parameters: parameters, returnType: nil, body: .expression(body), position: position))
        return add(.lambda(FunctionID(tree.functions.count - 1)), at: position)
    }

    private mutating func parseTestWithoutConditional() throws(ParseFailure) -> ExpressionID {
        try enter()
        defer { nesting -= 1 }
        return kind == .lambda ? try parseLambda(allowConditional: false) : try parseOperators(0)
    }

    /// Reads operands joined by operators that bind at least as tightly as `minimum`.
    private mutating func parseOperators(_ minimum: Int) throws(ParseFailure) -> ExpressionID {
        var left: ExpressionID
        if kind == .not, minimum <= TokenKind.notPrecedence {
            left = try parseNot()
        } else {
            left = try parsePostfix()
        }
        var last: BinaryOperator?
        while let (operation, precedence) = kind.binary, precedence >= minimum {
            let position = advance()
            if operation == .notIn { try expect(.in) }
            if precedence == TokenKind.comparisonPrecedence {
                if let last {
                    throw fail("\(last.text) does not associate with \(operation.text) (use parens)", at: position)
                }
                last = operation
            } else {
                last = nil
            }
            try enter()
            let right = try parseOperators(precedence + 1)
            nesting -= 1
            left = add(.binary(operation, left: left, right: right), at: position)
        }
        return left
    }

    private mutating func parseNot() throws(ParseFailure) -> ExpressionID {
        let position = advance()
        try enter()
        let operand = try parseOperators(TokenKind.notPrecedence)
        nesting -= 1
        return add(.unary(.not, operand), at: position)
    }

    /// Reads an operand with its calls, indices and attributes.
    private mutating func parsePostfix() throws(ParseFailure) -> ExpressionID {
        var value = try parsePrimary()
        while true {
            switch kind {
            case .dot:
                let position = advance()
                value = add(.attribute(base: value, attribute: try parseIdentifier()), at: position)
            case .leftParenthesis: value = try parseCall(value)
            case .leftBracket: value = try parseIndex(value)
            default: return value
            }
        }
    }

    private mutating func parseIndex(_ base: ExpressionID) throws(ParseFailure) -> ExpressionID {
        let position = advance()
        var low: ExpressionID?
        if kind != .colon {
            let index = try parseExpression()
            if accept(.rightBracket) { return add(.index(base: base, index: index), at: position) }
            low = index
        }
        var high: ExpressionID?
        var step: ExpressionID?
        if accept(.colon), kind != .colon, kind != .rightBracket { high = try parseTest() }
        if accept(.colon), kind != .rightBracket { step = try parseTest() }
        try expect(.rightBracket)
        tree.slices.append(SliceBounds(base: base, low: low, high: high, step: step))
        return add(.slice(SliceID(tree.slices.count - 1)), at: position)
    }

    /// Reads the targets of a `for`, which end before `in`.
    mutating func parseLoopTarget() throws(ParseFailure) -> ExpressionID {
        let position = start
        let first = try parsePostfix()
        guard kind == .comma else { return first }
        let mark = pendingExpressions.count
        pendingExpressions.append(first)
        while accept(.comma), !kind.endsList { pendingExpressions.append(try parsePostfix()) }
        return add(.tuple(takeExpressions(from: mark)), at: position)
    }
}

extension Parser {
    /// Reads elements of a list display after the first.
    mutating func parseElements() throws(ParseFailure) { try parseListTail(allowTrailingComma: true) }

    /// Reads an operand of a comprehension's `in`: no conditional, no lambda.
    mutating func parseOperand() throws(ParseFailure) -> ExpressionID {
        try enter()
        defer { nesting -= 1 }
        return try parseOperators(0)
    }

    /// Reads a comprehension's condition: no conditional.
    mutating func parseCondition() throws(ParseFailure) -> ExpressionID { try parseTestWithoutConditional() }

    /// Reads the operand of a sign.
    mutating func parseSigned() throws(ParseFailure) -> ExpressionID {
        try enter()
        defer { nesting -= 1 }
        return try parsePostfix()
    }
}
