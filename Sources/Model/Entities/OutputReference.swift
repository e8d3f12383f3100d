/// Names an output of a deployment: what `dependency(package, output=None, repo_id=None, environment=None)` says.
public struct OutputReference: Hashable, Sendable, Codable {
    /// The repo's declared name; nil means the repo of the package that asks.
    public let repo: RepoName?
    /// The package.
    public let package: PackageName
    /// The environment; nil means the one that is asked for.
    public let environment: EnvironmentName?
    /// The output's name; nil means all outputs, as a dict.
    public let output: String?

    /// Makes a value from its parts.
    public init(repo: RepoName?, package: PackageName, environment: EnvironmentName?, output: String?) {
        self.repo = repo
        self.package = package
        self.environment = environment
        self.output = output
    }

    /// The placement it names when asked from `placement`.
    public func address(from placement: PlacementAddress) -> PlacementAddress {
        PlacementAddress(
            repo: repo ?? placement.repo, package: package, environment: environment ?? placement.environment)
    }
}
