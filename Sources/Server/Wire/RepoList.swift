import Model

/// The answer to `GET /api/v1/repos`.
public struct RepoList: Sendable, Codable {
    /// The watched repos, in order of their ids.
    public var repos: [Repo]

    /// Makes a value from its parts.
    public init(repos: [Repo]) {
        self.repos = repos
    }
}
