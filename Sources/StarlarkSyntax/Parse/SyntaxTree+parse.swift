extension SyntaxTree {
    /// Parses a file.
    ///
    /// - Throws: every mistake found, at most `options.errorsMax`.
    public static func parse(_ source: SourceFile, options: DialectOptions = .init()) throws(SyntaxErrors) -> SyntaxTree
    {
        SyntaxTree(source: source, options: options)
    }
}
