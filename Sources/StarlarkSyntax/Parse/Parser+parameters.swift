extension Parser {
    /// What was seen of a parameter list.
    private struct ParameterOrder {
        var positional: [Parameter] = []
        var star: Parameter?
        var keywordOnly: [Parameter] = []
        var doubleStar: Parameter?
        /// Where a `*` without a name stands.
        var bareStar: UInt32?
        var isStarSeen = false
        var isOptionalSeen = false
        var doubleStarName: String?
    }

    /// Reads parameters up to the closing parenthesis or colon and puts them in order.
    mutating func parseParameters(allowTypes: Bool) throws(ParseFailure) -> NodeList<Parameter> {
        var order = ParameterOrder()
        var isFirst = true
        while kind != .rightParenthesis, kind != .colon, kind != .endOfFile {
            if !isFirst { try expect(.comma) }
            isFirst = false
            if kind == .rightParenthesis { break }
            if kind == .star || kind == .starStar {
                try parseStarParameter(&order, allowTypes: allowTypes)
            } else {
                try parsePlainParameter(&order, allowTypes: allowTypes)
            }
        }
        if let bareStar = order.bareStar, order.keywordOnly.isEmpty {
            note("bare * must be followed by keyword-only parameters", at: bareStar)
        }
        let first = tree.parameters.count
        tree.parameters.append(contentsOf: order.positional)
        if let star = order.star { tree.parameters.append(star) }
        tree.parameters.append(contentsOf: order.keywordOnly)
        if let doubleStar = order.doubleStar { tree.parameters.append(doubleStar) }
        return NodeList(start: first, count: tree.parameters.count - first)
    }

    private mutating func parseStarParameter(
        _ order: inout ParameterOrder, allowTypes: Bool
    ) throws(ParseFailure) {
        let isDouble = kind == .starStar
        let position = advance()
        guard isDouble || kind == .identifier else {
            noteStar(order, at: position)
            if !order.isStarSeen { order.bareStar = position }
            order.isStarSeen = true
            return
        }
        let symbol = Symbol(Int(scanner.token.value))
        let name = try parseName()
        let type = try parseType(allowTypes)
        if isDouble {
            if order.doubleStarName != nil { note("multiple ** parameters not allowed", at: position) }
            order.doubleStar = Parameter(kind: .doubleStar, name: name, defaultValue: nil, type: type)
            order.doubleStarName = scanner.symbols.text(of: symbol)
        } else {
            noteStar(order, at: position)
            order.star = Parameter(kind: .star, name: name, defaultValue: nil, type: type)
            order.isStarSeen = true
        }
    }

    private mutating func noteStar(_ order: ParameterOrder, at position: UInt32) {
        if let name = order.doubleStarName {
            note("* parameter may not follow **\(name)", at: position)
        } else if order.isStarSeen {
            note("multiple * parameters not allowed", at: position)
        }
    }

    private mutating func parsePlainParameter(
        _ order: inout ParameterOrder, allowTypes: Bool
    ) throws(ParseFailure) {
        let position = start
        let name = try parseName()
        let type = try parseType(allowTypes)
        let defaultValue: ExpressionID? = accept(.assign) ? try parseTest() : nil
        if let doubleStar = order.doubleStarName {
            let word = defaultValue == nil ? "required" : "optional"
            note("\(word) parameter may not follow **\(doubleStar)", at: position)
        } else if !order.isStarSeen, order.isOptionalSeen, defaultValue == nil {
            note("required parameter may not follow optional", at: position)
        }
        let kind: Parameter.Kind = order.isStarSeen ? .keywordOnly : .positional
        let parameter = Parameter(kind: kind, name: name, defaultValue: defaultValue, type: type)
        if order.isStarSeen {
            order.keywordOnly.append(parameter)
        } else {
            order.positional.append(parameter)
            if defaultValue != nil { order.isOptionalSeen = true }
        }
    }

    private mutating func parseType(_ allowTypes: Bool) throws(ParseFailure) -> ExpressionID? {
        guard allowTypes, kind == .colon else { return nil }
        advance()
        return try parseTest()
    }
}
