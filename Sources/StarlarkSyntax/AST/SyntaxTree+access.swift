extension SyntaxTree {
    /// How many expressions the tree has.
    public var expressionCount: Int { expressions.count }

    /// How many occurrences of identifiers the tree has.
    public var nameCount: Int { names.count }

    /// How many functions the tree has, the top level included.
    public var functionCount: Int { functions.count }

    /// How many distinct identifiers (names, attributes, keywords) the tree has.
    public var symbolCount: Int { symbols.count }

    /// The expression with that id.
    public subscript(id: ExpressionID) -> Expression { expressions[id.index] }

    /// The statement with that id.
    public subscript(id: StatementID) -> Statement { statements[id.index] }

    /// The occurrence with that id.
    public subscript(id: NameID) -> NameUse { names[id.index] }

    /// The function with that id.
    public subscript(id: FunctionID) -> FunctionSyntax { functions[id.index] }

    /// The comprehension with that id.
    public subscript(id: ComprehensionID) -> Comprehension { comprehensions[id.index] }

    /// The loop with that id.
    public subscript(id: ForID) -> ForSyntax { loops[id.index] }

    /// The load with that id.
    public subscript(id: LoadID) -> LoadSyntax { loads[id.index] }

    /// The slice with that id.
    public subscript(id: SliceID) -> SliceBounds { slices[id.index] }

    /// The integer literal with that id.
    public subscript(id: BigIntegerID) -> BigIntegerLiteral { bigIntegers[id.index] }

    /// The expressions of a list.
    public subscript(list: NodeList<ExpressionID>) -> ContiguousArray<ExpressionID>.SubSequence {
        expressionLists[list.indices]
    }

    /// The statements of a list.
    public subscript(list: NodeList<StatementID>) -> ContiguousArray<StatementID>.SubSequence {
        statementLists[list.indices]
    }

    /// The parameters of a list.
    public subscript(list: NodeList<Parameter>) -> ContiguousArray<Parameter>.SubSequence { parameters[list.indices] }

    /// The arguments of a list.
    public subscript(list: NodeList<Argument>) -> ContiguousArray<Argument>.SubSequence { arguments[list.indices] }

    /// The clauses of a list.
    public subscript(list: NodeList<Comprehension.Clause>) -> ContiguousArray<Comprehension.Clause>.SubSequence {
        clauses[list.indices]
    }

    /// The pieces of a list.
    public subscript(list: NodeList<FormattedPart>) -> ContiguousArray<FormattedPart>.SubSequence {
        formattedParts[list.indices]
    }

    /// The branches of a list.
    public subscript(list: NodeList<ConditionalBranch>) -> ContiguousArray<ConditionalBranch>.SubSequence {
        branches[list.indices]
    }

    /// The imported names of a list.
    public subscript(list: NodeList<LoadSyntax.Item>) -> ContiguousArray<LoadSyntax.Item>.SubSequence {
        loadItems[list.indices]
    }

    /// Where errors about the expression are reported: a byte offset.
    public func position(of id: ExpressionID) -> UInt32 { expressionPositions[id.index] }

    /// Where errors about the statement are reported: a byte offset.
    public func position(of id: StatementID) -> UInt32 { statementPositions[id.index] }

    /// An identifier's text.
    public func text(of symbol: Symbol) -> String { symbols.text(of: symbol) }

    /// The text of an occurrence.
    public func text(of name: NameID) -> String { symbols.text(of: names[name.index].symbol) }

    /// The decoded bytes of a string or bytes literal; a string literal's are valid UTF-8.
    public func bytes(of text: TextID) -> ArraySlice<UInt8> { texts.bytes(of: text) }

    /// Whether every byte of the literal is below 128.
    public func isASCII(_ text: TextID) -> Bool { texts.isASCII(text) }

    /// A string literal as a Swift string.
    public func string(of text: TextID) -> String { String(decoding: texts.bytes(of: text), as: UTF8.self) }

    /// The operand whose chain may be as long as the file: the left side of a binary expression, the callee of a
    /// call, the base of an attribute, index or slice; nil for every other expression.
    public func leftChild(of id: ExpressionID) -> ExpressionID? {
        switch expressions[id.index] {
        case .binary(_, let left, _): left
        case .call(let callee, _): callee
        case .attribute(let base, _): base
        case .index(let base, _): base
        case .slice(let slice): slices[slice.index].base
        default: nil
        }
    }
}
