import Model

/// A package that is deployed in an environment.
public struct DeployedPackage: Sendable {
    /// The repo's name.
    public var repo: RepoName
    /// The package.
    public var package: PackageName
    /// What the deployment put out.
    public var outputs: JSONObject
    /// The Build that runs.
    public var build: RunSpec.BuildFacts

    /// Makes a value from its parts.
    public init(repo: RepoName, package: PackageName, outputs: JSONObject, build: RunSpec.BuildFacts) {
        self.repo = repo
        self.package = package
        self.outputs = outputs
        self.build = build
    }
}
