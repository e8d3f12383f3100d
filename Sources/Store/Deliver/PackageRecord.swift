import Model

/// A package as Deliver knows it: what it was last built from.
public struct PackageRecord: Sendable {
    /// The row's id.
    public let id: PackageID
    /// Its name.
    public let name: PackageName
    /// The directory of its package file.
    public let path: String
    /// The functions that it has.
    public let functions: Set<PackageFunction>
    /// The newest Build that succeeded.
    public let lastBuild: RecordedBuild?
    /// The newest Build, when it is newer than `lastBuild` and still pending or running.
    public let pendingBuild: RecordedBuild?
    /// The Change of the newest Build, whatever became of it.
    public let newestBuildChange: ChangeID?
    /// Whether a build is owed: it was affected and has not been built with success since, or it is in error.
    public let isOutstanding: Bool

    /// Makes a value from its parts.
    public init(
        id: PackageID, name: PackageName, path: String, functions: Set<PackageFunction>, lastBuild: RecordedBuild?,
        pendingBuild: RecordedBuild?, newestBuildChange: ChangeID?, isOutstanding: Bool
    ) {
        self.id = id
        self.name = name
        self.path = path
        self.functions = functions
        self.lastBuild = lastBuild
        self.pendingBuild = pendingBuild
        self.newestBuildChange = newestBuildChange
        self.isOutstanding = isOutstanding
    }
}
