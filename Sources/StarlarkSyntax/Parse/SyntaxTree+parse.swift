extension SyntaxTree {
    /// The largest file that is read, in bytes.
    public static let sourceBytesMax = 1 << 30

    /// Parses a file.
    ///
    /// Uses stack in proportion to `options.nestingMax`, whatever the file says.
    ///
    /// - Throws: every mistake found, at most `options.errorsMax`.
    public static func parse(
        _ source: SourceFile, options: DialectOptions = .init()
    ) throws(SyntaxErrors) -> SyntaxTree {
        let (tree, mistakes) = read(source, options: options)
        if let mistakes { throw mistakes }
        return tree
    }

    /// Parses a file; with mistakes the tree has what could be read.
    static func read(_ source: SourceFile, options: DialectOptions) -> (SyntaxTree, SyntaxErrors?) {
        guard source.bytes.count <= sourceBytesMax else {
            var diagnostics = Diagnostics(source: source, errorsMax: 1)
            diagnostics.add(.limit, at: 0, "the file has more than \(sourceBytesMax) bytes")
            return (SyntaxTree(source: source, options: options), diagnostics.sorted())
        }
        return source.bytes.withUnsafeBufferPointer { bytes in
            var parser = Parser(source: source, bytes: bytes, options: options)
            return parser.parseFile()
        }
    }
}

extension Parser {
    /// Reads the whole file.
    mutating func parseFile() -> (SyntaxTree, SyntaxErrors?) {
        tree.functions.append(topLevel(Block(start: 0, count: 0)))
        advance()
        while kind != .endOfFile, !scanner.diagnostics.isFull { parseStatements(until: .endOfFile) }
        tree.functions[0] = topLevel(takeStatements(from: 0))
        tree.texts = scanner.texts
        tree.symbols = scanner.symbols
        tree.bigIntegers = scanner.bigIntegers
        guard !scanner.diagnostics.errors.isEmpty else { return (tree, nil) }
        tree.hidesAll = scanner.diagnostics.errors.contains { $0.error.code == .scan }
        scanner.diagnostics.merge(tree.looseErrors)
        return (tree, scanner.diagnostics.sorted())
    }

    private func topLevel(_ block: Block) -> FunctionSyntax {
        FunctionSyntax(
            name: nil, parameters: NodeList(start: 0, count: 0), returnType: nil, body: .block(block), position: 0)
    }
}
