/// A variable of a module.
struct ProgramGlobal: Sendable {
    let name: String
    /// Whether other files may load it; false for names that came by `load`.
    let isExported: Bool
}
