/// Binds every name of a tree in one walk.
///
/// The names a block binds are collected before the block is walked, since a use may stand before the binding. On
/// the way it tracks which slots are surely assigned, so that the machine need not check them.
struct Resolver {
    let tree: SyntaxTree
    let names: NameTable
    var diagnostics: Diagnostics
    var bindings: ContiguousArray<Binding>
    /// For each occurrence, the local variable it refers to or -1: whether that is a cell is known at the end.
    var localUses: ContiguousArray<Int32>
    /// Every local variable of every function.
    var variables: ContiguousArray<Variable> = []
    /// For each symbol the innermost variable in scope, or -1.
    var visible: ContiguousArray<Int32>
    /// The variables in scope, outermost first: indices into `variables`.
    var liveVariables: [Int32] = []
    /// The first variable of the function or comprehension being walked.
    var blockStart: Int32 = 0
    /// The functions being walked, outermost first; 0 is the top level.
    var scopes: [FunctionScope] = []
    var functions: [ResolvedFunction?]
    var globals = GlobalScope()
    /// How many comprehensions enclose the place, within its function.
    var comprehensionDepth = 0
    /// How many `if` statements enclose the place.
    var conditionalDepth = 0

    init(tree: SyntaxTree, names: NameTable) {
        self.tree = tree
        self.names = names
        diagnostics = Diagnostics(source: tree.source, errorsMax: tree.options.errorsMax)
        diagnostics.merge(tree.looseErrors)
        let unbound = Binding(scope: .universal, isAssigned: false, index: -1)
        bindings = ContiguousArray(repeating: unbound, count: tree.names.count)
        localUses = ContiguousArray(repeating: -1, count: tree.names.count)
        visible = ContiguousArray(repeating: -1, count: tree.symbols.count)
        functions = Array(repeating: nil, count: tree.functions.count)
        globals.slots = ContiguousArray(repeating: -1, count: tree.symbols.count)
        globals.outer = ContiguousArray(repeating: .unknown, count: tree.symbols.count)
    }

    /// Whether the place is outside every function.
    var isTopLevel: Bool { scopes.count == 1 }

    /// Whether a binding at the place makes a global.
    var isFileBlock: Bool { scopes.count == 1 && comprehensionDepth == 0 }

    mutating func report(_ message: String, at position: UInt32, suggestion: String? = nil) {
        diagnostics.add(.resolve, at: position, message, suggestion: suggestion)
    }

    /// Walks the file and puts the result together.
    mutating func run() -> Result<ResolvedProgram, SyntaxErrors> {
        scopes.append(FunctionScope())
        if case .block(let block) = tree.functions[0].body {
            collect(block)
            _ = walk(block)
        }
        finishFunction(SyntaxTree.topLevel)
        guard diagnostics.errors.isEmpty else { return .failure(diagnostics.sorted()) }
        for index in localUses.indices where localUses[index] >= 0 {
            guard variables[Int(localUses[index])].isCell else { continue }
            let local = bindings[index]
            bindings[index] = Binding(scope: .cell, isAssigned: local.isAssigned, index: local.index)
        }
        return .success(
            ResolvedProgram(
                tree: tree,
                functions: functions.compactMap { $0 },
                globals: globals.variables.map { GlobalVariable(symbol: $0.symbol, isExported: $0.isExported) },
                predeclared: globals.predeclared,
                universals: globals.universals,
                bindings: bindings))
    }
}
