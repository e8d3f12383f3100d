/// Another placement that goes by the same names (repo, package, environment) and has not let go of them.
public struct Namesake: Hashable, Sendable {
    /// Its repo.
    public var repo: RepoID
    /// What its repo is called now.
    public var repoName: RepoName
    /// Whether its repo is no longer watched; else the repo has taken another name.
    public var isRemoved: Bool
    /// What runs there, or waits for a runner.
    public var active: Deployment.Kind?
    /// Why Sync gave up on destroying what runs there; nil while it goes on.
    public var failure: String?

    /// Makes a value from its parts.
    public init(
        repo: RepoID, repoName: RepoName, isRemoved: Bool, active: Deployment.Kind?, failure: String?
    ) {
        self.repo = repo
        self.repoName = repoName
        self.isRemoved = isRemoved
        self.active = active
        self.failure = failure
    }

    /// What has to happen there before anything else is run under these names; for people.
    var plan: SyncPlan {
        let subject = "\(repoName) (\(repo))"
        if let active {
            let run = "its \(active.rawValue) is under way"
            return .waitForNamesake(
                isRemoved
                    ? "waits for the removal of \(subject): \(run)" : "waits for \(subject), once of this name: \(run)")
        }
        guard let failure else {
            return .waitForNamesake("waits for the removal of \(subject): what it runs here is to be destroyed first")
        }
        return .blocked(
            """
            the removal of \(subject) is in the way: \(failure); 'ocuroot sync --retry' tries it again, \
            'ocuroot repo remove \(repo) --orphan' leaves things as they are
            """)
    }
}
