/// A tree with every name bound: what the compiler reads.
public struct ResolvedProgram: Sendable {
    /// The syntax.
    public let tree: SyntaxTree

    /// One entry for each function of the tree; 0 is the top level.
    public let functions: [ResolvedFunction]

    /// The module's slots, in order of first binding; names bound by `load` are among them, not exported.
    public let globals: [GlobalVariable]

    /// The predeclared names that the program uses.
    public let predeclared: [Symbol]

    /// The universal names that the program uses.
    public let universals: [Symbol]

    let bindings: ContiguousArray<Binding>

    /// What an occurrence refers to: also that of a target, parameter, `def` or `load` name.
    public subscript(name: NameID) -> Binding { bindings[name.index] }

    /// What a function needs at run time.
    public subscript(id: FunctionID) -> ResolvedFunction { functions[id.index] }
}
