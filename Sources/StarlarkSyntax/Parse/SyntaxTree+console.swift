extension SyntaxTree {
    /// Whether a console should ask for another line before it runs the text.
    ///
    /// So it is while the text ends inside brackets, a string or a block that has no statement yet; and a `def`, `if`,
    /// `for` or `while` goes on until an empty line ends it. Text that is wrong needs no more lines: running it says why.
    public static func needsMore(_ text: String, options: DialectOptions = .init()) -> Bool {
        let tree: SyntaxTree
        do throws(SyntaxErrors) {
            tree = try parse(SourceFile(name: "", text: text), options: options)
        } catch {
            return error.isIncomplete
        }
        guard case .block(let block) = tree[topLevel].body, let last = tree[block].last else { return false }
        switch tree[last] {
        case .define, .if, .for, .while: return !text.hasSuffix("\n\n")
        default: return false
        }
    }
}
