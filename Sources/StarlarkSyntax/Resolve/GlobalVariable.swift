/// A slot of the module.
public struct GlobalVariable: Sendable {
    /// Its identifier.
    public let symbol: Symbol

    /// Whether other files may load it; false for names that came by `load`.
    public let isExported: Bool
}
