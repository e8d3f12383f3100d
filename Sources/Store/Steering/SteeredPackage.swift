import Model

/// A package that an order names.
struct SteeredPackage: Sendable {
    var id: PackageID
    /// Its repo, or the one whose preview it is in.
    var repo: RepoID
    var isPreview: Bool
}
