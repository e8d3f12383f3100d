import Model

/// Names a package of any repo, whether or not it exists.
public struct PackageReference: Hashable, Sendable {
    /// The repo's declared name.
    public let repo: RepoName
    /// The package.
    public let package: PackageName

    /// Makes a value from its parts.
    public init(repo: RepoName, package: PackageName) {
        self.repo = repo
        self.package = package
    }
}
