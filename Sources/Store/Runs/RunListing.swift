import Model

/// A Run with the names of what it belongs to.
public struct RunListing: Sendable, Codable {
    /// The Run.
    public var run: Run
    /// The repo's name.
    public var repo: RepoName
    /// The package's name.
    public var package: PackageName
    /// The environment; nil for a build.
    public var environment: EnvironmentName?
    /// The Change that the Build was made from.
    public var change: ChangeID
    /// The Build's number in its package.
    public var buildSequence: Int64
    /// The Build's commit.
    public var commit: CommitID
    /// Who runs it, or ran it last.
    public var holder: String?
    /// Bytes of log that were kept.
    public var logBytes: Int64
    /// Bytes of log that came after the bound and were dropped.
    public var logBytesDropped: Int64
    /// Why the log is not complete; nil when it is.
    public var logError: String?

    /// Makes a value from its parts.
    public init(
        run: Run, repo: RepoName, package: PackageName, environment: EnvironmentName?, change: ChangeID,
        buildSequence: Int64, commit: CommitID, holder: String?, logBytes: Int64, logBytesDropped: Int64,
        logError: String?
    ) {
        self.run = run
        self.repo = repo
        self.package = package
        self.environment = environment
        self.change = change
        self.buildSequence = buildSequence
        self.commit = commit
        self.holder = holder
        self.logBytes = logBytes
        self.logBytesDropped = logBytesDropped
        self.logError = logError
    }
}
