import Model

/// What runs in one environment: what v0.1-alpha's `ctx.deployed_environments` shows.
public struct DeployedEnvironment: Sendable {
    /// The environment.
    public var environment: Environment
    /// The packages that are deployed there, by repo and name.
    public var packages: [DeployedPackage]

    /// Makes a value from its parts.
    public init(environment: Environment, packages: [DeployedPackage]) {
        self.environment = environment
        self.packages = packages
    }
}
