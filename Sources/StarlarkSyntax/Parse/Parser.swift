/// Builds the tree of one file by recursive descent, at most `nestingMax` deep.
struct Parser {
    var scanner: Scanner
    var tree: SyntaxTree
    /// How deep the expression or block being read nests.
    var nesting = 0
    let stack: StackBudget
    /// Elements of lists that are still being read; each list notes where it begins.
    var pendingExpressions: ContiguousArray<ExpressionID> = []
    var pendingStatements: ContiguousArray<StatementID> = []
    var pendingArguments: ContiguousArray<Argument> = []

    init(source: SourceFile, bytes: UnsafeBufferPointer<UInt8>, options: DialectOptions) {
        scanner = Scanner(source: source, bytes: bytes, options: options)
        tree = SyntaxTree(source: source, options: options)
        stack = StackBudget(bytesMax: options.stackBytesMax)
    }

    /// What the token is.
    @inline(__always)
    var kind: TokenKind { scanner.token.kind }

    /// Where the token begins.
    @inline(__always)
    var start: UInt32 { scanner.token.start }

    /// Passes the token; returns where it began.
    @inline(__always)
    @discardableResult
    mutating func advance() -> UInt32 {
        let start = scanner.token.start
        scanner.next()
        return start
    }

    /// Passes the token if it is of that kind.
    @inline(__always)
    mutating func accept(_ kind: TokenKind) -> Bool {
        guard self.kind == kind else { return false }
        scanner.next()
        return true
    }

    /// Passes the token, which must be of that kind; returns where it began.
    @inline(__always)
    @discardableResult
    mutating func expect(_ wanted: TokenKind) throws(ParseFailure) -> UInt32 {
        guard kind == wanted else { throw unexpected(want: "\(wanted)") }
        return advance()
    }

    /// Goes one level deeper; the caller goes back by `nesting -= 1`.
    @inline(__always)
    mutating func enter() throws(ParseFailure) {
        nesting += 1
        if nesting > tree.options.nestingMax || stack.isSpent { throw tooDeep() }
    }

    /// Adds an expression to the tree.
    @inline(__always)
    mutating func add(_ expression: Expression, at position: UInt32) -> ExpressionID {
        tree.expressions.append(expression)
        tree.expressionPositions.append(position)
        return ExpressionID(tree.expressions.count - 1)
    }

    /// Adds an occurrence of an identifier to the tree.
    @inline(__always)
    mutating func addName(_ symbol: Symbol, at position: UInt32) -> NameID {
        tree.names.append(NameUse(symbol: symbol, position: position))
        return NameID(tree.names.count - 1)
    }

    /// Moves the pending expressions from `mark` on into the tree.
    mutating func takeExpressions(from mark: Int) -> NodeList<ExpressionID> {
        let start = tree.expressionLists.count
        tree.expressionLists.append(contentsOf: pendingExpressions[mark...])
        pendingExpressions.removeLast(pendingExpressions.count - mark)
        return NodeList(start: start, count: tree.expressionLists.count - start)
    }

    /// Moves the pending statements from `mark` on into the tree.
    mutating func takeStatements(from mark: Int) -> Block {
        let start = tree.statementLists.count
        tree.statementLists.append(contentsOf: pendingStatements[mark...])
        pendingStatements.removeLast(pendingStatements.count - mark)
        return Block(start: start, count: tree.statementLists.count - start)
    }
}
