extension ResolvedProgram {
    /// Binds every name of a tree.
    ///
    /// - Throws: every mistake found, at most `options.errorsMax`.
    public static func resolve(_ tree: SyntaxTree, names: NameTable) throws(SyntaxErrors) -> ResolvedProgram {
        var resolver = Resolver(tree: tree, names: names)
        return try resolver.run().get()
    }
}
