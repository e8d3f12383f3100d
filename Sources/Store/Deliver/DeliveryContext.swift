import Model

/// The rows that a delivery starts from.
struct DeliveryContext: Sendable {
    var repo: RepoID
    /// The repo that this one is a preview of.
    var parent: RepoID?
    /// What that one declares its name to be.
    var parentName: RepoName?
    /// The repo's name so far, declared or from its URL.
    var repoName: RepoName
    var declaredName: RepoName?
    var state: Change.State
    var commit: CommitID
}
