/// A `load(module, local = "exported", …)` statement.
public struct LoadSyntax: Sendable {
    /// One imported name.
    public struct Item: Sendable {
        /// The name it gets in this file.
        public let local: NameID

        /// Its name in the loaded module.
        public let exported: Symbol

        /// Byte offset of the string that names it.
        public let exportedPosition: UInt32
    }

    /// The module's name as written.
    public let module: TextID

    /// Byte offset of the module's string.
    public let modulePosition: UInt32

    /// The imported names, at least one.
    public let items: NodeList<Item>
}
