import Model

/// What `package_state` answers of a package that is deployed in an environment.
public struct DeployedPackage: Sendable {
    /// The package.
    public var package: PackageReference
    /// The Build that is deployed.
    public var build: RunSpec.BuildFacts
    /// What its deployment put out.
    public var outputs: JSONObject

    /// Makes a value from its parts.
    public init(repo: RepoName, package: PackageName, build: RunSpec.BuildFacts, outputs: JSONObject) {
        self.package = PackageReference(repo: repo, package: package)
        self.build = build
        self.outputs = outputs
    }
}
