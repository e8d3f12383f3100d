/// Names a package in an environment the way people and config files do, whether or not it exists.
public struct PlacementAddress: Hashable, Sendable, Codable {
    /// The repo's declared name.
    public let repo: RepoName
    /// The package.
    public let package: PackageName
    /// The environment.
    public let environment: EnvironmentName

    /// Makes a value from its parts.
    public init(repo: RepoName, package: PackageName, environment: EnvironmentName) {
        self.repo = repo
        self.package = package
        self.environment = environment
    }
}

extension PlacementAddress: CustomStringConvertible {
    /// `package@environment`, with the repo in front: `acme/shop//api@prod`.
    public var description: String { "\(repo)//\(package)@\(environment)" }
}

extension PlacementAddress: Comparable {
    /// Orders by repo, package, environment.
    public static func < (left: PlacementAddress, right: PlacementAddress) -> Bool {
        (left.repo, left.package, left.environment) < (right.repo, right.package, right.environment)
    }
}
