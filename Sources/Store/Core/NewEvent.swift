import Model

/// An event that is about to be written.
struct NewEvent: Sendable, Encodable {
    var kind: String
    var message: String
    /// Who did it, where that is not the transaction's actor.
    var by: String?
    var repo: Int64?
    var package: Int64?
    var environment: Int64?
    var change: Int64?
    var build: Int64?
    var deployment: Int64?
    var run: Int64?
    var data: JSONObject

    init(
        _ kind: String, _ message: String, repo: RepoID? = nil, package: PackageID? = nil,
        environment: EnvironmentID? = nil, change: ChangeID? = nil, build: BuildID? = nil,
        deployment: DeploymentID? = nil, run: RunID? = nil, by: String? = nil, data: JSONObject = [:]
    ) {
        self.kind = kind
        self.message = message
        self.by = by
        self.repo = repo?.rawValue
        self.package = package?.rawValue
        self.environment = environment?.rawValue
        self.change = change?.rawValue
        self.build = build?.rawValue
        self.deployment = deployment?.rawValue
        self.run = run?.rawValue
        self.data = data
    }
}
