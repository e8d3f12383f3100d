/// Something that is built and deployed: what one `package(…)` call declares.
public struct Package: Identified, Sendable, Codable {
    /// Package ids begin with `p`.
    public static let idPrefix = "p"

    /// The row's id.
    public let id: PackageID
    /// The repo that declares it.
    public let repo: RepoID
    /// Its name, unique in the repo.
    public let name: PackageName
    /// The directory of its package file from the root of the repo, `""` for the root itself.
    public let path: String
    /// Why it cannot be evaluated at the newest Change, with file:line:col and backtrace; nil when all is well.
    public let error: String?

    /// Makes a value from its parts.
    public init(id: PackageID, repo: RepoID, name: PackageName, path: String, error: String?) {
        self.id = id
        self.repo = repo
        self.name = name
        self.path = path
        self.error = error
    }
}
