/// A parsed file: tables of trivial nodes that refer to each other by index, so it is freed without recursion.
///
/// Read it with subscripts: `tree[expressionID]`, `tree[statementID]`, `tree[list]`.
public struct SyntaxTree: Sendable {
    /// The file it was parsed from.
    public let source: SourceFile

    /// What the file was allowed to use.
    public let options: DialectOptions

    /// The file's top level: always function 0.
    public static let topLevel = FunctionID(0)

    var expressions: ContiguousArray<Expression> = []
    var expressionPositions: ContiguousArray<UInt32> = []
    var expressionLists: ContiguousArray<ExpressionID> = []
    var statements: ContiguousArray<Statement> = []
    var statementPositions: ContiguousArray<UInt32> = []
    var statementLists: ContiguousArray<StatementID> = []
    var names: ContiguousArray<NameUse> = []
    var functions: ContiguousArray<FunctionSyntax> = []
    var parameters: ContiguousArray<Parameter> = []
    var arguments: ContiguousArray<Argument> = []
    var slices: ContiguousArray<SliceBounds> = []
    var comprehensions: ContiguousArray<Comprehension> = []
    var clauses: ContiguousArray<Comprehension.Clause> = []
    var formattedParts: ContiguousArray<FormattedPart> = []
    var branches: ContiguousArray<ConditionalBranch> = []
    var loops: ContiguousArray<ForSyntax> = []
    var loads: ContiguousArray<LoadSyntax> = []
    var loadItems: ContiguousArray<LoadSyntax.Item> = []
    var bigIntegers: ContiguousArray<BigIntegerLiteral> = []
    var texts = TextTable()
    var symbols = SymbolTable()

    /// Broken rules of order that leave a whole tree; the resolver reports them with its own findings.
    var looseErrors: Diagnostics

    /// Names in statements that could not be read, which may be defined there: nobody misses them.
    var hidden: Set<Symbol> = []
    /// Whether text was lost that could define any name.
    var hidesAll = false

    init(source: SourceFile, options: DialectOptions) {
        self.source = source
        self.options = options
        looseErrors = Diagnostics(source: source, errorsMax: options.errorsMax)
    }
}
