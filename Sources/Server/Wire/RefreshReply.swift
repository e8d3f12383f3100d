import Model

/// The answer to `POST /api/v1/refresh`: the repos whose refs were looked at.
public struct RefreshReply: Sendable, Codable {
    /// In order of their names.
    public var repos: [Look]

    /// Makes a value from its parts.
    public init(repos: [Look]) {
        self.repos = repos
    }

    /// One repo.
    public struct Look: Sendable, Codable {
        /// The repo.
        public var repo: RepoName
        /// Why it cannot be delivered right now; nil when all is well.
        public var error: String?

        /// Makes a value from its parts.
        public init(repo: RepoName, error: String?) {
            self.repo = repo
            self.error = error
        }
    }
}
