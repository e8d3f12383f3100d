import Model

/// A package file as Deliver last saw it, with the packages that it declares.
public struct PackageFileRecord: Sendable {
    /// Its directory from the root of the repo, `""` for the root.
    public let directory: String
    /// Why it could not be evaluated; nil when all is well.
    public let error: String?
    /// The repo files that it loads, through any depth.
    public let loads: [LoadedFile]
    /// The packages that it declared when it could last be evaluated.
    public let packages: [PackageRecord]

    /// Makes a value from its parts.
    public init(directory: String, error: String?, loads: [LoadedFile], packages: [PackageRecord]) {
        self.directory = directory
        self.error = error
        self.loads = loads
        self.packages = packages
    }
}
