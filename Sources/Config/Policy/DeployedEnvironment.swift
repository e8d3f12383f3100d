import Model

/// One element of `ctx.deployed_environments` in SDK v0.1-alpha.
public struct DeployedEnvironment: Sendable {
    /// The environment's name.
    public var name: EnvironmentName
    /// The environment's attributes.
    public var attributes: JSONObject
    /// What is deployed there, one element per package.
    public var packages: [DeployedPackage]

    /// Makes a value from its parts.
    public init(name: EnvironmentName, attributes: JSONObject, packages: [DeployedPackage]) {
        self.name = name
        self.attributes = attributes
        self.packages = packages
    }
}
