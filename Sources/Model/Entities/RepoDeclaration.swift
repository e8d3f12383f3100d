/// What repo.ocu.star says at one commit.
public struct RepoDeclaration: Hashable, Sendable, Codable {
    /// The repo's id.
    public let name: RepoName
    /// The environments it declares, in their order.
    public let environments: [EnvironmentDeclaration]

    /// Makes a value from its parts.
    public init(name: RepoName, environments: [EnvironmentDeclaration]) {
        self.name = name
        self.environments = environments
    }
}
