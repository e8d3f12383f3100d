import Model

/// A notice target that is about to be added.
public struct NewNoticeTarget: Sendable {
    /// By whose rules it is told.
    public var kind: NoticeTarget.Kind
    /// Whose events it is told; nil for those of every repo.
    public var repo: RepoID?
    /// The address as it may be shown.
    public var address: String
    /// What the git host calls the repo.
    public var project: String?
    /// What it is told with.
    public var credentials: NoticeCredentials
    /// The kinds of events it is told.
    public var on: [String]
    /// Only packages whose name fits.
    public var package: String?
    /// Only environments whose name fits.
    public var environment: String?

    /// Makes a value from its parts.
    public init(
        kind: NoticeTarget.Kind, repo: RepoID?, address: String, project: String? = nil,
        credentials: NoticeCredentials, on: [String] = [], package: String? = nil, environment: String? = nil
    ) {
        self.kind = kind
        self.repo = repo
        self.address = address
        self.project = project
        self.credentials = credentials
        self.on = on
        self.package = package
        self.environment = environment
    }
}
