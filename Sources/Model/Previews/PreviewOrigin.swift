/// What a repo that is a preview comes from.
public struct PreviewOrigin: Hashable, Sendable, Codable {
    /// The repo whose branch it is.
    public let repo: RepoID
    /// The branch.
    public let ref: RefName
    /// Its environment, the only one that its packages are deployed in.
    public let environment: EnvironmentName
    /// The declared environment whose attributes it has, too; nil for none.
    public let like: EnvironmentName?

    /// Makes a value from its parts.
    public init(repo: RepoID, ref: RefName, environment: EnvironmentName, like: EnvironmentName?) {
        self.repo = repo
        self.ref = ref
        self.environment = environment
        self.like = like
    }
}
