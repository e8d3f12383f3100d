import Model

/// All that a policy may know when it is asked about one Build in one environment.
public struct PolicyFacts: Sendable {
    /// The repo of the package, which `repo_id` stands for when it is left out.
    public var repo: RepoName
    /// What `ctx.build` shows.
    public var build: RunSpec.BuildFacts
    /// What `ctx.environment.name` shows.
    public var environment: EnvironmentName
    /// What `ctx.environment.attributes` shows.
    public var environmentAttributes: JSONObject
    /// What `ctx.deployed_environments` lists in SDK v0.1-alpha.
    ///
    /// Needed only if ``EvaluatedPackage/readsDeployments`` is true.
    public var deployedEnvironments: [DeployedEnvironment]
    /// What `env.get` may see: the variables that the server's operator has listed.
    public var variables: [String: String]

    /// Makes a value from its parts.
    public init(
        repo: RepoName, build: RunSpec.BuildFacts, environment: EnvironmentName, environmentAttributes: JSONObject,
        deployedEnvironments: [DeployedEnvironment] = [], variables: [String: String] = [:]
    ) {
        self.repo = repo
        self.build = build
        self.environment = environment
        self.environmentAttributes = environmentAttributes
        self.deployedEnvironments = deployedEnvironments
        self.variables = variables
    }
}
