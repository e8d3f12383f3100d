/// A package as its file declares it at one commit, with the files that its meaning rests on.
public struct PackageDeclaration: Hashable, Sendable, Codable {
    /// Its name.
    public let name: PackageName
    /// The directory of its package file, `""` for the root.
    public let path: String
    /// The functions that it has.
    public let functions: Set<PackageFunction>
    /// The names of its tasks, sorted.
    public let tasks: [String]
    /// Every repo file that its package file loads, through any depth.
    public let loads: [LoadedFile]

    /// Makes a value from its parts.
    public init(
        name: PackageName, path: String, functions: Set<PackageFunction>, tasks: [String], loads: [LoadedFile]
    ) {
        self.name = name
        self.path = path
        self.functions = functions
        self.tasks = tasks
        self.loads = loads
    }
}
