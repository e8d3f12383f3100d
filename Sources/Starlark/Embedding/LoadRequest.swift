/// A `load` statement: what it asks for and where it stands.
public struct LoadRequest: Sendable, Hashable {
    /// The module's name as written.
    public let module: String

    /// The names it takes from the module.
    public let names: [String]

    /// The name of the file that loads.
    public let importer: String

    /// The place of the module's name.
    public let location: SourceLocation

    /// Describes a load.
    public init(module: String, names: [String], importer: String, location: SourceLocation) {
        self.module = module
        self.names = names
        self.importer = importer
        self.location = location
    }
}
