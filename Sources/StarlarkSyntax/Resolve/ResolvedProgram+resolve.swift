extension ResolvedProgram {
    /// Binds every name of a tree.
    ///
    /// - Throws: every mistake found, at most `options.errorsMax`.
    public static func resolve(_ tree: SyntaxTree, names: NameTable) throws(SyntaxErrors) -> ResolvedProgram {
        var resolver = Resolver(tree: tree, names: names)
        return try resolver.run().get()
    }

    /// Parses a file and binds its names; where parts of it do not parse, the rest is looked at all the same.
    ///
    /// - Throws: every mistake found, at most `options.errorsMax`.
    public static func resolve(
        _ source: SourceFile, options: DialectOptions = .init(), names: NameTable
    ) throws(SyntaxErrors) -> ResolvedProgram {
        let (tree, mistakes) = SyntaxTree.read(source, options: options)
        guard let mistakes else { return try resolve(tree, names: names) }
        // What is too large or too deep is not worth another look.
        if mistakes.errors.contains(where: { $0.code == .limit }) { throw mistakes }
        do throws(SyntaxErrors) {
            _ = try resolve(tree, names: names)
        } catch {
            throw mistakes.merged(with: error, errorsMax: options.errorsMax)
        }
        throw mistakes
    }
}
